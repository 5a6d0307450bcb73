package dev.parley.kernel;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that an administrator, a moderator or a host did, as the audit log keeps it. What stood before and what stands after are
 * named values without secrets: never a password, a token or a key.
 *
 * @param id the entry's own, {@code a_…}: an entry that comes twice is kept once
 * @param at when it happened
 * @param actor who did it
 * @param act what was done, {@code account.ban}
 * @param subject on whom or what: a user, a meeting, or {@code meeting/user}
 * @param outcome {@link #DONE}, {@link #ATTEMPTED}, or {@code failed: } and the error's code
 * @param before what stood before, by name
 * @param after what stands after, by name
 */
public record AuditAct(
        String id,
        Instant at,
        Actor actor,
        String act,
        String subject,
        String outcome,
        Map<String, String> before,
        Map<String, String> after) {
    /** It was done, and what it changed was written together with this entry, or before it. */
    public static final String DONE = "done";
    /** It is about to be done: another entry of the same request tells what became of it. */
    public static final String ATTEMPTED = "attempted";

    public AuditAct {
        Objects.requireNonNull(id);
        Objects.requireNonNull(at);
        Objects.requireNonNull(actor);
        Objects.requireNonNull(act);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(outcome);
        before = Map.copyOf(before);
        after = Map.copyOf(after);
    }
}
