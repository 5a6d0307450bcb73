package dev.parley.local.gateway.event;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Identifiers in the forms AWS gives them. */
public final class EventIds {
    private static final int SHORT_BYTES = 11;

    private final RandomGenerator random;

    public EventIds(RandomGenerator random) {
        this.random = random;
    }

    /** A request id of the REST API. */
    public synchronized String requestId() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** An extended request id, a connection id or a message id: sixteen characters, the last of them {@code =}. */
    public synchronized String shortId() {
        var bytes = new byte[SHORT_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** A value for {@code X-Amzn-Trace-Id}. */
    public synchronized String traceId(long epochSeconds) {
        return String.format(Locale.ROOT, "Root=1-%08x-%016x%08x", epochSeconds, random.nextLong(), random.nextInt());
    }

    /** The id of an API or a resource: the same for the same name, in every run. */
    public static String stableId(String name, int length) {
        byte[] digest = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .getBytes(StandardCharsets.US_ASCII);
        return new String(digest, 0, length, StandardCharsets.US_ASCII);
    }
}
