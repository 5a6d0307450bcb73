package dev.parley.webhooks;

import java.util.Map;
import java.util.Optional;

/** Other people's servers. */
public interface Endpoint {
    /**
     * What a call came to.
     *
     * @param status of the answer; 0 when there was none
     * @param error {@code status}, {@code redirect}, {@code timeout}, {@code address}, {@code tls} or {@code connect}; empty when it was taken
     */
    record Outcome(int status, Optional<String> error) {}

    /** Posts JSON. Nothing that a server does or fails to do makes it throw. */
    Outcome post(String url, Map<String, String> headers, byte[] body);

    /**
     * Says whether an address may be called, as far as that can be known now.
     *
     * @throws dev.parley.kernel.ApiException 400 {@code request.invalid} for {@code url}, or 422 {@code webhook.address}
     */
    void check(String url);
}
