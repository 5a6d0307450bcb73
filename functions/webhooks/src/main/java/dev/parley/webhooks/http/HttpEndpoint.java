package dev.parley.webhooks.http;

import dev.parley.kernel.Errors;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.calls.OutsideCalls;
import dev.parley.webhooks.Endpoint;
import dev.parley.webhooks.WebhookErrors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;

/** Posts to other people's servers, wherever on the public internet they are. */
public final class HttpEndpoint implements Endpoint, AutoCloseable {
    /** Where webhooks may lead, beside the public internet. */
    public static final String LOOPBACK = "loopback";

    private final boolean loopback;
    private final OutsideCalls calls;

    /** @param limit for a whole call */
    HttpEndpoint(OutsideCalls.Lookup lookup, boolean loopback, Duration limit) {
        this.loopback = loopback;
        this.calls = new OutsideCalls(lookup, loopback, "Parley-Webhooks/1.0", limit);
    }

    /** With {@code WEBHOOK_ADDRESSES}. */
    public static HttpEndpoint of(Settings settings) {
        return new HttpEndpoint(
                InetAddress::getAllByName,
                settings.text(SettingKeys.WEBHOOK_ADDRESSES, "public").equals(LOOPBACK),
                Duration.ofSeconds(10));
    }

    @Override
    public void check(String url) {
        URI address = HookAddress.parse(url, loopback);
        try {
            boolean here = calls.leadsHere(address.getHost());
            if (!here && !address.getScheme().equalsIgnoreCase("https")) {
                throw Errors.invalid("url", "The url must begin with https://");
            }
            calls.check(address.getHost());
        } catch (UnknownHostException e) {
            throw WebhookErrors.ADDRESS.exception();
        }
    }

    @Override
    public Outcome post(String url, Map<String, String> headers, byte[] body) {
        OutsideCalls.Outcome outcome = calls.post(URI.create(url), headers, ContentType.APPLICATION_JSON, body);
        return new Outcome(outcome.status(), outcome.error());
    }

    @Override
    public void close() throws IOException {
        calls.close();
    }
}
