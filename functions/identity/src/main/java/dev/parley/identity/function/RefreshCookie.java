package dev.parley.identity.function;

import dev.parley.identity.Sessions;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The refresh token as a cookie, for pages of our own origins: no script reads it, and no other site's page sends it. Clients that are no
 * pages of ours carry the token themselves.
 */
final class RefreshCookie {
    private static final String NAME = "parley_refresh";
    private static final String PATH = "/api/v1";
    private static final Set<String> THIS_HOST = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> origins;
    private final boolean secure;

    private RefreshCookie(Set<String> origins, boolean secure) {
        this.origins = origins;
        this.secure = secure;
    }

    /** From {@code PUBLIC_URL} and {@code WEB_ORIGIN}. */
    static RefreshCookie of(Settings settings) {
        Optional<URI> site = settings.uri(SettingKeys.PUBLIC_URL);
        String origins = settings.text(
                SettingKeys.WEB_ORIGIN, site.map(RefreshCookie::originOf).orElse(""));
        boolean plainLocal = site.isPresent()
                && "http".equals(site.get().getScheme())
                && THIS_HOST.contains(site.get().getHost());
        return new RefreshCookie(
                Arrays.stream(origins.split(","))
                        .map(String::strip)
                        .filter(origin -> !origin.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                !plainLocal);
    }

    private static String originOf(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port;
    }

    /** Whether a page of ours asks, as its browser says. */
    boolean isOurPage(HttpRequest request) {
        return request.header("origin").filter(origins::contains).isPresent();
    }

    /** Whether the browser itself says that another site's page asks. */
    boolean isForeignPage(HttpRequest request) {
        boolean foreignOrigin = request.header("origin")
                .filter(origin -> !origins.contains(origin))
                .isPresent();
        boolean foreignSite = request.header("sec-fetch-site")
                .filter(site -> !"same-origin".equals(site) && !"none".equals(site))
                .isPresent();
        return foreignOrigin || foreignSite;
    }

    Optional<String> read(HttpRequest request) {
        return request.cookie(NAME).filter(value -> !value.isEmpty());
    }

    HttpResponse set(HttpResponse response, String refreshToken) {
        return response.with("Set-Cookie", line(refreshToken, Sessions.LIFETIME.toSeconds()));
    }

    HttpResponse clear(HttpResponse response) {
        return response.with("Set-Cookie", line("", 0));
    }

    private String line(String value, long maxAgeSeconds) {
        return NAME + "=" + value + "; Path=" + PATH + "; Max-Age=" + maxAgeSeconds + "; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : "");
    }
}
