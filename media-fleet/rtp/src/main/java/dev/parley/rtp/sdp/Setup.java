package dev.parley.rtp.sdp;

import java.util.Locale;
import java.util.Optional;

/** Who opens the DTLS connection (RFC 8842). */
public enum Setup {
    /** The describer opens. */
    ACTIVE,
    /** The describer waits. */
    PASSIVE,
    /** The describer leaves it to the answer. */
    ACTPASS,
    /** Later. */
    HOLDCONN;

    /** The attribute's value. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds the value of an attribute. */
    public static Optional<Setup> of(String word) {
        for (Setup setup : values()) {
            if (setup.word().equals(word)) {
                return Optional.of(setup);
            }
        }
        return Optional.empty();
    }
}
