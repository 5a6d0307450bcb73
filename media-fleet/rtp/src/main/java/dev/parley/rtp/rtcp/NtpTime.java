package dev.parley.rtp.rtcp;

/** 64-bit NTP time stamps (RFC 3550 section 4): seconds since 1900 in the upper half, fraction in the lower. */
public final class NtpTime {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private NtpTime() {}

    /** Converts nanoseconds since 1970 (a wall clock, whichever the caller keeps) to NTP time. */
    public static long fromEpochNanos(long epochNanos) {
        long seconds = Math.floorDiv(epochNanos, NANOS_PER_SECOND) + SECONDS_1900_TO_1970;
        long fraction = (Math.floorMod(epochNanos, NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND;
        return seconds << 32 | fraction;
    }

    /** Converts NTP time to nanoseconds since 1970. */
    public static long toEpochNanos(long ntpTime) {
        long seconds = (ntpTime >>> 32) - SECONDS_1900_TO_1970;
        return seconds * NANOS_PER_SECOND + ((ntpTime & 0xFFFF_FFFFL) * NANOS_PER_SECOND >>> 32);
    }

    /** The middle 32 bits, as report blocks carry them. */
    public static long compact(long ntpTime) {
        return ntpTime >>> 16 & 0xFFFF_FFFFL;
    }
}
