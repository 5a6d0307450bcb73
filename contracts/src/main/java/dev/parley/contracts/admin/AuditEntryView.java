package dev.parley.contracts.admin;

import java.time.Instant;
import java.util.Map;

/**
 * One entry of the audit log, in lists and as a line of the export.
 *
 * @param seq 1, 2, 3 …
 * @param actorId user or guest id, or {@code operator}
 * @param act what was done, {@code account.ban}
 * @param subject on whom or what
 * @param outcome {@code done}, {@code attempted}, or {@code failed: } and the error's code
 * @param previous hash of the entry before, hex
 * @param hash SHA-256 of this entry and the one before it, hex
 */
public record AuditEntryView(
        long seq,
        String id,
        Instant at,
        String actorId,
        String actorRole,
        String sourceIp,
        String requestId,
        String act,
        String subject,
        String outcome,
        Map<String, String> before,
        Map<String, String> after,
        String previous,
        String hash) {}
