package dev.parley.signaling;

/** Who is told that a socket is not there any more. */
@FunctionalInterface
public interface Departures {
    /** @throws dev.parley.kernel.ApiException 503 when it cannot be told */
    void closed(String userId, String connectionId);
}
