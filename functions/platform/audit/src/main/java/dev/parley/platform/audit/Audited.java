package dev.parley.platform.audit;

import dev.parley.kernel.AuditAct;
import java.util.List;

/**
 * What a transaction did, and the entries that are written with it.
 *
 * @param acts empty when it changed nothing
 */
public record Audited<R>(R result, List<AuditAct> acts) {
    public Audited {
        acts = List.copyOf(acts);
    }

    public static <R> Audited<R> of(R result, AuditAct act) {
        return new Audited<>(result, List.of(act));
    }

    /** Nothing was changed: there is nothing to keep. */
    public static <R> Audited<R> unchanged(R result) {
        return new Audited<>(result, List.of());
    }
}
