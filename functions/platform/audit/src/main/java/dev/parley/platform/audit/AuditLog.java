package dev.parley.platform.audit;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.AuditAct;
import dev.parley.kernel.Envelope;
import dev.parley.platform.postgres.Postgres;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The chain in the database that acts are done in. Thread-safe. An act and its entry are one transaction; writers queue on one lock for
 * as long as their transaction lasts after it, so entries come last in it. A head that could not be kept is told and made up for by the
 * next one: until then the end of the chain could be cut off unseen.
 */
public final class AuditLog {
    private static final int BATCH = 1_000;

    private final Postgres postgres;
    private final AuditHeads heads;
    private final Consumer<String> unkept;

    /**
     * @param postgres with the migrations of {@code audit}
     * @param unkept told why a head was not kept
     */
    public AuditLog(Postgres postgres, AuditHeads heads, Consumer<String> unkept) {
        this.postgres = Objects.requireNonNull(postgres);
        this.heads = Objects.requireNonNull(heads);
        this.unkept = Objects.requireNonNull(unkept);
    }

    private record Written<R>(R result, AuditHead head) {}

    /** Does something and writes its entries, both or neither. @throws ApiException as {@link Postgres#transaction} */
    public <R> R transaction(Postgres.Work<Audited<R>> work) {
        Written<R> written = postgres.transaction(connection -> {
            Audited<R> done = work.apply(connection);
            AuditHead head = done.acts().isEmpty() ? AuditHead.START : EntryRows.append(connection, done.acts());
            return new Written<>(done.result(), head);
        });
        if (written.head().seq() > 0) {
            keep(written.head());
        }
        return written.result();
    }

    /** Writes an entry of something that is done elsewhere. One that is there already is not written again. */
    public void append(AuditAct act) {
        transaction(connection -> Audited.of(act, act));
    }

    private void keep(AuditHead head) {
        try {
            if (!heads.keep(head)) {
                unkept.accept("Another entry " + head.seq() + " was kept before: the chain was changed");
            }
        } catch (ApiException e) {
            unkept.accept("The head of entry " + head.seq() + " was not kept: " + e.code());
        }
    }

    /** One page of entries, the latest first. */
    public Envelope.Page<AuditEntry> page(AuditQuery query) {
        return postgres.transaction(connection -> EntryRows.page(connection, query));
    }

    /** The entries after a number, in order. */
    public List<AuditEntry> after(long seq, int limit) {
        return postgres.query(connection -> EntryRows.after(connection, seq, limit));
    }

    /** Where the chain ends now. */
    public AuditHead head() {
        return postgres.query(EntryRows::head);
    }

    /**
     * Looks through entries: number, link, hash, and the head kept of each.
     *
     * @param from the first, 1 for all; the one before it is taken for granted
     * @param limit how many at most
     */
    public AuditVerdict verify(long from, long limit) {
        // The heads first: every entry of a head that is known now can be seen in the table afterwards.
        AuditHead anchored = heads.last().orElse(AuditHead.START);
        AuditHead last = from == 1
                ? AuditHead.START
                : postgres.query(connection -> EntryRows.find(connection, from - 1))
                        .map(AuditEntry::head)
                        .orElse(new AuditHead(from - 1, AuditEntry.NOTHING));
        ChainWalk walk = new ChainWalk(last, anchored);
        long end = from + limit - 1;
        while (walk.last().seq() < end) {
            long reached = walk.last().seq();
            int wanted = (int) Math.min(BATCH, end - reached);
            List<AuditEntry> batch = after(reached, wanted);
            if (batch.isEmpty()) {
                return walk.ended(from);
            }
            walk.pass(batch, heads.between(reached + 1, batch.getLast().seq()));
            if (walk.isFaulty()) {
                return walk.stopped(from);
            }
        }
        return after(end, 1).isEmpty() ? walk.ended(from) : walk.stopped(from);
    }
}
