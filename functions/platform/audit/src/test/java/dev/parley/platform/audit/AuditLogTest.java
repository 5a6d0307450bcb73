package dev.parley.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.Actor;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.AuditAct;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import dev.parley.platform.audit.AuditVerdict.Fault;
import dev.parley.platform.audit.AuditVerdict.Kind;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.postgres.Postgres;
import dev.parley.platform.postgres.PostgresException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain over a real database, its heads over a real table. */
@Tag("component")
class AuditLogTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");

    private final List<String> unkept = new ArrayList<>();
    private Stores stores;
    private Postgres postgres;
    private Dynamo dynamo;
    private AuditHeads heads;
    private AuditLog log;

    @BeforeEach
    void start() {
        stores = Stores.temporary();
        Map<String, String> values = new HashMap<>(stores.values());
        values.put("DATABASE_POOL_SIZE", "8");
        postgres = Postgres.of(Settings.of(values), "audit");
        dynamo = Dynamo.of(stores.settings());
        heads = new DynamoAuditHeads(dynamo);
        log = new AuditLog(postgres, heads, unkept::add);
    }

    @AfterEach
    void stop() {
        postgres.close();
        dynamo.close();
        stores.close();
    }

    private static AuditAct act(String id) {
        return new AuditAct(
                id,
                NOON,
                new Actor("u_1", "admin", "192.0.2.1", "r_1"),
                "account.ban",
                "u_2",
                AuditAct.DONE,
                Map.of("status", "active"),
                Map.of("status", "banned", "name", "Zoë \\ \"x\" 火"));
    }

    private void write(int count) {
        for (int i = 1; i <= count; i++) {
            log.append(act("a_" + i));
        }
    }

    /** As somebody who owns the database does it: the trigger is out of the way. */
    private void tamper(String... statements) {
        postgres.transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_stay");
                for (String sql : statements) {
                    statement.execute(sql);
                }
                return statement.execute("ALTER TABLE audit_entries ENABLE TRIGGER audit_entries_stay");
            }
        });
    }

    private Optional<Fault> fault() {
        return log.verify(1, 1_000).fault();
    }

    @Test
    void anEntryReadsBackAsItWasWrittenAndTheChainHolds() {
        write(3);

        AuditEntry second = log.after(1, 1).getFirst();
        assertThat(second.act().after()).containsEntry("name", "Zoë \\ \"x\" 火");
        assertThat(second.act().at()).isEqualTo(Instant.parse("2026-11-21T12:00:00.123456Z"));
        AuditVerdict verdict = log.verify(1, 1_000);
        assertThat(verdict.intact()).isTrue();
        assertThat(verdict.complete()).isTrue();
        assertThat(verdict.until()).isEqualTo(3);
        assertThat(verdict.anchored()).isEqualTo(log.head());
        assertThat(unkept).isEmpty();
    }

    @Test
    void manyWritersMakeOneUnbrokenChain() throws Exception {
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            int writer = i;
            writers.add(() -> {
                for (int n = 0; n < 10; n++) {
                    log.append(act("a_" + writer + "_" + n));
                }
                return true;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> writer : threads.invokeAll(writers)) {
                assertThat(writer.get()).isTrue();
            }
        }

        AuditVerdict verdict = log.verify(1, 1_000);
        assertThat(verdict.fault()).isEmpty();
        assertThat(verdict.until()).isEqualTo(320);
        assertThat(verdict.anchored().seq()).isEqualTo(320);
        assertThat(heads.between(1, 320)).hasSize(320);
    }

    @Test
    void anActThatFailsLeavesNoEntryAndAnEntryThatFailsUndoesTheAct() {
        write(1);
        assertThatThrownBy(() -> log.transaction(connection -> {
                    throw Errors.FORBIDDEN.exception();
                }))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> log.transaction(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("CREATE TABLE act_of_test (n int)");
                    }
                    return Audited.of(
                            null, new AuditAct("a_nul", NOON, act("x").actor(), "x", "x", "\0", Map.of(), Map.of()));
                }))
                .isInstanceOf(PostgresException.class);

        assertThat(log.head().seq()).isEqualTo(1);
        boolean there = postgres.query(connection -> {
            try (Statement statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT to_regclass('act_of_test') IS NOT NULL")) {
                row.next();
                return row.getBoolean(1);
            }
        });
        assertThat(there).isFalse();
    }

    @Test
    void anEntryThatComesTwiceIsKeptOnce() {
        log.append(act("a_1"));
        log.append(act("a_1"));

        assertThat(log.head().seq()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DELETE FROM audit_entries", "UPDATE audit_entries SET act = 'nothing'", "TRUNCATE audit_entries"
            })
    void theTableItselfTakesAdditionsAlone(String sql) {
        write(2);

        assertThatThrownBy(() -> postgres.query(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.execute(sql);
                    }
                }))
                .isInstanceOf(PostgresException.class);
        assertThat(fault()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = 'a_other'",
                "at = at + interval '1 microsecond'",
                "actor_id = 'u_other'",
                "actor_role = 'user'",
                "source_ip = '192.0.2.2'",
                "request_id = 'r_other'",
                "act = 'account.unban'",
                "subject = 'u_other'",
                "outcome = 'failed: x'",
                "before = '{}'",
                "before = '{\"status\": \"banned\"}'",
                "after = after || '{\"more\": \"x\"}'",
                "after = after || '{\"name\": 1}'",
                "previous = sha256('x')",
                "hash = sha256('x')"
            })
    void anyColumnThatIsChangedIsFound(String change) {
        write(4);
        tamper("UPDATE audit_entries SET " + change + " WHERE seq = 2");

        assertThat(fault()).contains(new Fault(2, Kind.ALTERED));
    }

    @Test
    void anEntryThatIsTakenAwayIsMissed() {
        write(4);
        tamper("DELETE FROM audit_entries WHERE seq = 2");

        assertThat(fault()).contains(new Fault(2, Kind.MISSING));
    }

    @Test
    void theFirstEntryIsMissedToo() {
        write(3);
        tamper("DELETE FROM audit_entries WHERE seq = 1");

        assertThat(fault()).contains(new Fault(1, Kind.MISSING));
    }

    @Test
    void entriesThatChangedPlacesAreFound() {
        write(4);
        tamper(
                "UPDATE audit_entries SET seq = 99 WHERE seq = 2",
                "UPDATE audit_entries SET seq = 2 WHERE seq = 3",
                "UPDATE audit_entries SET seq = 3 WHERE seq = 99");

        assertThat(fault()).contains(new Fault(2, Kind.ALTERED));
    }

    @Test
    void anEndThatWasCutOffIsFoundByTheHeads() {
        write(4);
        tamper("DELETE FROM audit_entries WHERE seq > 2");

        AuditVerdict verdict = log.verify(1, 1_000);
        assertThat(verdict.fault()).contains(new Fault(3, Kind.CUT_OFF));
        assertThat(verdict.anchored().seq()).isEqualTo(4);
    }

    @Test
    void aChainThatGoesOnAfterItsEndWasCutOffIsFoundAndTold() {
        write(4);
        tamper("DELETE FROM audit_entries WHERE seq > 2");
        log.append(act("a_new"));
        log.append(act("a_newer"));
        log.append(act("a_newest"));

        assertThat(fault()).contains(new Fault(3, Kind.REWRITTEN));
        assertThat(unkept).hasSize(2).allMatch(text -> text.contains("the chain was changed"));
    }

    @Test
    void aChainThatWasComputedAnewIsFoundByTheHeads() {
        write(4);
        AuditEntry second = log.after(1, 1).getFirst();
        AuditHead first = new AuditHead(1, second.previous());
        List<AuditEntry> forged = new ArrayList<>();
        for (AuditEntry entry : log.after(1, 10)) {
            AuditAct told = new AuditAct(
                    entry.act().id(),
                    entry.act().at(),
                    entry.act().actor(),
                    entry.act().act(),
                    "u_somebody_else",
                    entry.act().outcome(),
                    entry.act().before(),
                    entry.act().after());
            forged.add(
                    AuditEntry.after(forged.isEmpty() ? first : forged.getLast().head(), told));
        }
        tamper(forged.stream()
                .map(entry -> "UPDATE audit_entries SET subject = 'u_somebody_else', previous = decode('"
                        + entry.previous() + "', 'hex'), hash = decode('" + entry.hash() + "', 'hex') WHERE seq = "
                        + entry.seq())
                .toArray(String[]::new));

        assertThat(fault()).contains(new Fault(2, Kind.REWRITTEN));
        assertThat(new AuditLog(postgres, new InMemoryHeads(), unkept::add)
                        .verify(1, 1_000)
                        .fault())
                .as("the chain alone cannot tell")
                .isEmpty();
    }

    @Test
    void aPartIsLookedAtFromItsFirstEntryOn() {
        write(5);

        AuditVerdict part = log.verify(2, 2);
        assertThat(part.intact()).isTrue();
        assertThat(part.complete()).isFalse();
        assertThat(part.until()).isEqualTo(3);
        AuditVerdict rest = log.verify(4, 2);
        assertThat(rest.complete()).isTrue();
        assertThat(rest.until()).isEqualTo(5);
    }

    @Test
    void anActIsDoneThoughItsHeadCannotBeKeptAndTheNextMakesUpForIt() {
        AuditHeads silent = new AuditHeads() {
            @Override
            public boolean keep(AuditHead head) {
                throw Errors.STORE_UNAVAILABLE.exception();
            }

            @Override
            public List<AuditHead> between(long from, long to) {
                return heads.between(from, to);
            }

            @Override
            public Optional<AuditHead> last() {
                return heads.last();
            }
        };
        new AuditLog(postgres, silent, unkept::add).append(act("a_1"));
        assertThat(unkept).containsExactly("The head of entry 1 was not kept: store.unavailable");
        assertThat(heads.last()).isEmpty();

        log.append(act("a_2"));
        assertThat(heads.last()).contains(log.head());
        assertThat(fault()).isEmpty();
    }

    @Test
    void pagesAreOfTheLatestAndByWhoWhatAndOnWhom() {
        write(3);
        log.append(new AuditAct(
                "a_9", NOON, new Actor("u_9", "moderator", "-", "r"), "meeting.kick", "m", "done", Map.of(), Map.of()));

        var all = log.page(new AuditQuery(Optional.empty(), Optional.empty(), Optional.empty(), 1, 2));
        assertThat(all.total()).isEqualTo(4);
        assertThat(all.list()).extracting(AuditEntry::seq).containsExactly(4L, 3L);
        assertThat(log.page(new AuditQuery(Optional.of("u_9"), Optional.empty(), Optional.empty(), 1, 2))
                        .total())
                .isEqualTo(1);
        assertThat(log.page(new AuditQuery(Optional.empty(), Optional.of("u_2"), Optional.empty(), 1, 2))
                        .total())
                .isEqualTo(3);
        assertThat(log.page(new AuditQuery(Optional.empty(), Optional.empty(), Optional.of("meeting."), 1, 2))
                        .total())
                .isEqualTo(1);
    }
}
