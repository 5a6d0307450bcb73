package dev.parley.platform.audit;

/**
 * How far a chain goes.
 *
 * @param seq the last entry's number, 0 before the first
 * @param hash the last entry's hash, lower-case hex
 */
public record AuditHead(long seq, String hash) {
    static final AuditHead START = new AuditHead(0, AuditEntry.NOTHING);
}
