package dev.parley.webhooks.http;

import dev.parley.kernel.Errors;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Reads the address of a webhook as it was given. */
final class HookAddress {
    private static final int LONGEST = 1000;
    private static final int LARGEST_PORT = 65_535;

    private HookAddress() {}

    /**
     * @param plain whether {@code http} will do
     * @throws dev.parley.kernel.ApiException 400 {@code request.invalid} for {@code url}
     */
    static URI parse(String text, boolean plain) {
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            throw Errors.invalid("url", "A webhook needs a url of at most " + LONGEST + " characters.");
        }
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw Errors.invalid("url", "The url cannot be read.");
        }
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(plain && scheme.equals("http"))) {
            throw Errors.invalid("url", "The url must begin with https://");
        }
        if (url.getHost() == null || url.getHost().isEmpty()) {
            throw Errors.invalid("url", "The url names no host.");
        }
        if (url.getRawUserInfo() != null) {
            throw Errors.invalid("url", "The url must not carry a name or a password: check the signature.");
        }
        if (url.getRawFragment() != null) {
            throw Errors.invalid("url", "The url must not have a fragment.");
        }
        if (url.getPort() == 0 || url.getPort() > LARGEST_PORT) {
            throw Errors.invalid("url", "The url's port must be from 1 to " + LARGEST_PORT + ".");
        }
        return url;
    }
}
