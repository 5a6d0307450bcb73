package dev.parley.local.gateway.socket;

import java.time.Duration;

/**
 * The limits of a WebSocket API.
 *
 * @param idle no message either way for this long closes with 1001
 * @param lifetime a connection this old is closed with 1001
 * @param frameBytes a longer frame closes with 1009
 * @param messageBytes a longer message closes with 1009; a longer post is 413
 * @param bufferBytes what may wait for a slow client before a post is 429
 * @param sweep how often idle and old connections are looked for
 */
public record SocketLimits(
        Duration idle, Duration lifetime, int frameBytes, int messageBytes, int bufferBytes, Duration sweep) {
    /** As AWS has them. */
    public static final SocketLimits AWS = new SocketLimits(
            Duration.ofMinutes(10), Duration.ofHours(2), 32 * 1024, 128 * 1024, 1024 * 1024, Duration.ofSeconds(1));

    /** The same, looked for more or less often. */
    public SocketLimits sweptEvery(Duration every) {
        return new SocketLimits(idle, lifetime, frameBytes, messageBytes, bufferBytes, every);
    }
}
