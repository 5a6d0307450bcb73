package dev.parley.sfu;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What an agent is started with.
 *
 * @param canonicalName CNAME of the node's streams, at most 255 bytes
 * @param epochNanosAtZero wall clock, in nanoseconds since 1970, at {@code nowNanos} = 0: sender reports are written on this clock
 * @param commandQueueSize commands waiting for the agent; a power of two. A full queue refuses
 * @param startBitrateBps what a receiver's path is believed to carry before it reported anything
 * @param maxBitrateBps the most one receiver is ever sent
 */
public record SfuSettings(
        String canonicalName, long epochNanosAtZero, int commandQueueSize, long startBitrateBps, long maxBitrateBps) {
    /** Start value of a receiver's bandwidth estimate. */
    public static final long DEFAULT_START_BITRATE_BPS = 2_000_000;
    /** Upper bound of a receiver's bandwidth estimate. */
    public static final long DEFAULT_MAX_BITRATE_BPS = 20_000_000;

    public SfuSettings {
        Objects.requireNonNull(canonicalName, "canonicalName");
        int bytes = canonicalName.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > 255) {
            throw new IllegalArgumentException("a canonical name has 1 to 255 bytes, not " + bytes);
        }
        if (Integer.bitCount(commandQueueSize) != 1 || commandQueueSize < 2) {
            throw new IllegalArgumentException("commandQueueSize must be a power of two, not " + commandQueueSize);
        }
        if (startBitrateBps < 50_000 || maxBitrateBps < startBitrateBps) {
            throw new IllegalArgumentException("bitrates " + startBitrateBps + " and " + maxBitrateBps);
        }
    }

    /**
     * The defaults.
     *
     * @param epochNanosAtZero wall clock minus the agent's clock, in nanoseconds
     */
    public static SfuSettings defaults(String canonicalName, long epochNanosAtZero) {
        return new SfuSettings(
                canonicalName, epochNanosAtZero, 4096, DEFAULT_START_BITRATE_BPS, DEFAULT_MAX_BITRATE_BPS);
    }
}
