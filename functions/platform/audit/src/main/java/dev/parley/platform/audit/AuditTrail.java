package dev.parley.platform.audit;

import dev.parley.contracts.Wire;
import dev.parley.kernel.Actor;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.AuditAct;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Outbox;
import dev.parley.kernel.OutboxEvent;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Entries of what is done outside the chain's database, and must not wait for it: they are left in the inbox and chained as they are
 * told. One is left before the act, which is not begun unless that worked, and one that says what became of it.
 */
public final class AuditTrail {
    /** The type of the events. */
    public static final String ENTRY = "audit.entry";

    private final Outbox outbox;
    private final Ids ids;
    private final InstantSource clock;
    private final Consumer<String> unkept;

    /** @param unkept told that an act's outcome was not left; that it was attempted stands */
    public AuditTrail(Outbox outbox, Ids ids, InstantSource clock, Consumer<String> unkept) {
        this.outbox = Objects.requireNonNull(outbox);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
        this.unkept = Objects.requireNonNull(unkept);
    }

    /**
     * Does something that its actor may do.
     *
     * @param details what the act brings about, by name, without secrets
     * @throws ApiException the act's own, or 503 when it cannot be noted that it is attempted: then nothing was done
     */
    public <R> R during(Actor actor, String act, String subject, Map<String, String> details, Supplier<R> work) {
        leave(actor, act, subject, AuditAct.ATTEMPTED, details);
        R result;
        try {
            result = work.get();
        } catch (ApiException e) {
            leaveOutcome(actor, act, subject, "failed: " + e.code(), details);
            throw e;
        } catch (RuntimeException e) {
            leaveOutcome(actor, act, subject, "failed: " + Errors.INTERNAL.code(), details);
            throw e;
        }
        leaveOutcome(actor, act, subject, AuditAct.DONE, details);
        return result;
    }

    private void leaveOutcome(Actor actor, String act, String subject, String outcome, Map<String, String> details) {
        try {
            leave(actor, act, subject, outcome, details);
        } catch (ApiException e) {
            unkept.accept("That " + act + " of request " + actor.requestId() + " is " + outcome + " was not kept: "
                    + e.code());
        }
    }

    private void leave(Actor actor, String act, String subject, String outcome, Map<String, String> details) {
        AuditAct entry =
                new AuditAct(ids.opaque("a_"), clock.instant(), actor, act, subject, outcome, Map.of(), details);
        outbox.append(event(entry));
    }

    static OutboxEvent event(AuditAct act) {
        Map<String, String> data = new HashMap<>();
        data.put("actor_id", act.actor().id());
        data.put("actor_role", act.actor().role());
        data.put("source_ip", act.actor().sourceIp());
        data.put("request_id", act.actor().requestId());
        data.put("act", act.act());
        data.put("outcome", act.outcome());
        data.put("before", Wire.write(new TreeMap<>(act.before())));
        data.put("after", Wire.write(new TreeMap<>(act.after())));
        return new OutboxEvent(act.id(), ENTRY, act.subject(), act.at(), data);
    }

    /** Chains an event that is an entry; those of other types are passed over. */
    public static void chain(OutboxEvent event, AuditLog log) {
        if (!event.type().equals(ENTRY)) {
            return;
        }
        Map<String, String> data = event.data();
        log.append(new AuditAct(
                event.id(),
                event.at(),
                new Actor(data.get("actor_id"), data.get("actor_role"), data.get("source_ip"), data.get("request_id")),
                data.get("act"),
                event.subject(),
                data.get("outcome"),
                EntryRows.texts(data.get("before")),
                EntryRows.texts(data.get("after"))));
    }
}
