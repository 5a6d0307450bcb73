package dev.parley.notifications.webpush;

import dev.parley.contracts.Wire;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.notifications.PushMessage;
import dev.parley.notifications.PushServices;
import dev.parley.notifications.Subscription;
import dev.parley.platform.calls.OutsideCalls;
import dev.parley.platform.crypto.Vapid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hc.core5.http.ContentType;

/** Push services over https, by RFC 8030: to the hosts that are named, at public addresses, without following redirects. */
public final class HttpPushServices implements PushServices, AutoCloseable {
    /** The services of Chrome and Edge, Firefox, Edge on Windows, and Safari. {@code *.} stands for whatever is before it. */
    public static final String USUAL =
            "fcm.googleapis.com,*.push.services.mozilla.com,*.notify.windows.com,*.push.apple.com";

    /** How long a service keeps a message for a browser that is not there, in seconds: a day. */
    private static final String KEPT_SECONDS = "86400";

    private final List<String> hosts;
    private final OutsideCalls calls;
    private final Vapid vapid;
    private final PushCipher cipher;

    /** @param hosts to which anything is sent at all, as in {@link #USUAL} */
    public HttpPushServices(List<String> hosts, OutsideCalls calls, Vapid vapid, SecureRandom random) {
        this.hosts = List.copyOf(hosts);
        this.calls = Objects.requireNonNull(calls);
        this.vapid = Objects.requireNonNull(vapid);
        this.cipher = new PushCipher(random);
    }

    /** With {@code PUSH_SERVICES}. */
    public static HttpPushServices of(Settings settings, Vapid vapid) {
        return new HttpPushServices(
                hosts(settings),
                new OutsideCalls(InetAddress::getAllByName, false, "Parley-Push/1.0", Duration.ofSeconds(8)),
                vapid,
                new SecureRandom());
    }

    /** The hosts that {@code PUSH_SERVICES} names. */
    public static List<String> hosts(Settings settings) {
        return Arrays.stream(settings.text(SettingKeys.PUSH_SERVICES, USUAL).split(","))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList();
    }

    /** Whether an address is of one of the hosts, on https' own port. */
    public static boolean know(List<String> hosts, String endpoint) {
        URI address = URI.create(endpoint);
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        return (address.getPort() < 0 || address.getPort() == 443)
                && hosts.stream()
                        .anyMatch(one -> one.startsWith("*.") ? host.endsWith(one.substring(1)) : host.equals(one));
    }

    @Override
    public boolean know(String endpoint) {
        return know(hosts, endpoint);
    }

    @Override
    public Outcome push(Subscription to, PushMessage message) {
        URI endpoint = URI.create(to.endpoint());
        // The hosts may be others now than when it subscribed.
        if (!know(to.endpoint())) {
            return new Outcome(Answer.REFUSED, "address");
        }
        Optional<String> authorization = vapid.authorization(endpoint, to.keyId());
        if (authorization.isEmpty()) {
            return new Outcome(Answer.GONE, "key");
        }
        return send(endpoint, authorization.get(), to, message);
    }

    /** Sends to an address that was looked at. */
    Outcome send(URI endpoint, String authorization, Subscription to, PushMessage message) {
        byte[] body;
        try {
            body = cipher.encrypt(
                    text(message),
                    Base64.getUrlDecoder().decode(to.point()),
                    Base64.getUrlDecoder().decode(to.secret()));
        } catch (IllegalArgumentException e) {
            return new Outcome(Answer.GONE, "key"); // the browser's key is no point of the curve
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", authorization);
        headers.put("Content-Encoding", "aes128gcm");
        headers.put("TTL", KEPT_SECONDS);
        headers.put("Urgency", "normal");
        message.topic().ifPresent(topic -> headers.put("Topic", topic));
        OutsideCalls.Outcome outcome = calls.post(endpoint, headers, ContentType.APPLICATION_OCTET_STREAM, body);
        return answer(outcome);
    }

    private static Outcome answer(OutsideCalls.Outcome outcome) {
        int status = outcome.status();
        String why = outcome.error().orElse("");
        if (why.isEmpty()) {
            return new Outcome(Answer.TAKEN, "");
        }
        if (status == 404 || status == 410) {
            return new Outcome(Answer.GONE, "gone");
        }
        boolean perhaps = status == 0 && !why.equals("address") || status == 429 || status >= 500;
        return new Outcome(perhaps ? Answer.LATER : Answer.REFUSED, why);
    }

    /** What the service worker of the web app shows: as many lines as there is room for. */
    private static byte[] text(PushMessage message) {
        Map<String, Object> text = new HashMap<>();
        text.put("link", message.link());
        message.topic().ifPresent(topic -> text.put("topic", topic));
        for (int lines = message.lines().size(); ; lines--) {
            text.put("lines", message.lines().subList(0, lines));
            byte[] bytes = Wire.write(text).getBytes(StandardCharsets.UTF_8);
            if (bytes.length <= PushCipher.LARGEST_TEXT || lines == 0) {
                return bytes;
            }
        }
    }

    @Override
    public void close() throws IOException {
        calls.close();
    }
}
