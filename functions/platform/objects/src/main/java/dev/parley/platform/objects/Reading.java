package dev.parley.platform.objects;

import java.util.Objects;
import java.util.Optional;

/**
 * How an object is to be read.
 *
 * @param fileName under which browsers offer to save it; any text, what no header may carry is left out
 * @param contentType as it is answered
 * @param inline whether browsers may show it in place of saving it
 * @param range the bytes that the address answers; without one the reader may ask for any
 */
public record Reading(String fileName, String contentType, boolean inline, Optional<Range> range) {
    public Reading {
        Objects.requireNonNull(fileName, "fileName");
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(range, "range");
    }

    /** To be saved: all of it, or any range that the reader asks for. */
    public static Reading of(String fileName, String contentType) {
        return new Reading(fileName, contentType, false, Optional.empty());
    }

    /** The same, which browsers may show. */
    public Reading shown() {
        return new Reading(fileName, contentType, true, range);
    }

    /** These bytes and no others. */
    public Reading bytes(long first, long last) {
        return new Reading(fileName, contentType, inline, Optional.of(new Range(first, last)));
    }

    /**
     * Bytes of an object.
     *
     * @param first from 0
     * @param last inclusive
     */
    public record Range(long first, long last) {
        public Range {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("No range of bytes: " + first + "-" + last);
            }
        }

        /** As the Range header has it. */
        public String header() {
            return "bytes=" + first + "-" + last;
        }
    }
}
