package dev.parley.platform.audit;

import java.util.Optional;

/**
 * What looking through a chain, or a part of it, showed.
 *
 * @param from the first entry looked at
 * @param until the last entry found in order; one less than {@code from} when there was none
 * @param complete whether there was nothing after it
 * @param fault the first thing that is wrong
 * @param anchored the furthest head kept apart from the chain
 */
public record AuditVerdict(long from, long until, boolean complete, Optional<Fault> fault, AuditHead anchored) {
    /** What can be wrong with an entry. */
    public enum Kind {
        /** The entry of that number is not there, or not in its place. */
        MISSING,
        /** The entry does not say what its hash was made of. */
        ALTERED,
        /** The entry does not follow the one before it. */
        UNLINKED,
        /** The chain holds in itself, but its hash is not the one that was kept apart: it was computed anew. */
        REWRITTEN,
        /** The chain ends before a head that was kept apart. */
        CUT_OFF;

        /** The word sent. */
        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param seq the entry it was found at */
    public record Fault(long seq, Kind kind) {}

    /** Whether nothing is wrong as far as was looked. */
    public boolean intact() {
        return fault.isEmpty();
    }
}
