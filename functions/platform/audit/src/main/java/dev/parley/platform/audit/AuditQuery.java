package dev.parley.platform.audit;

import java.util.Optional;

/**
 * Which entries to list, the latest first.
 *
 * @param actor id of who acted
 * @param subject on whom or what
 * @param act exactly, {@code account.ban}, or a family, {@code account.}
 * @param page from 1
 * @param pageSize 1..100
 */
public record AuditQuery(
        Optional<String> actor, Optional<String> subject, Optional<String> act, int page, int pageSize) {}
