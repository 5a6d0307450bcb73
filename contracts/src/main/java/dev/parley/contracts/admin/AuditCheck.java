package dev.parley.contracts.admin;

/**
 * {@code GET /admin/audit/verify}: what looking through the chain showed.
 *
 * @param intact nothing is wrong from {@code from} to {@code until}
 * @param complete there was nothing after {@code until}; else ask again from the number after it
 * @param fault absent when nothing is wrong
 * @param head the furthest head that is kept apart from the chain
 */
public record AuditCheck(boolean intact, long from, long until, boolean complete, Fault fault, Head head) {
    /** @param kind {@code missing}, {@code altered}, {@code unlinked}, {@code rewritten} or {@code cut_off} */
    public record Fault(long seq, String kind) {}

    /** Also the last line of an export: where the chain ended when it was made. */
    public record Head(long seq, String hash) {}
}
