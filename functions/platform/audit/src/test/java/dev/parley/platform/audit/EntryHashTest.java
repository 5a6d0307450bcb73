package dev.parley.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.Actor;
import dev.parley.kernel.AuditAct;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryHashTest {
    private static final AuditAct ACT =
            act("u_2", Map.of("status", "active", "role", "user"), Map.of("status", "banned"));

    private static AuditAct act(String subject, Map<String, String> before, Map<String, String> after) {
        return new AuditAct(
                "a_1",
                Instant.parse("2026-11-21T12:00:00.000001Z"),
                new Actor("u_1", "admin", "192.0.2.1", "r_1"),
                "account.ban",
                subject,
                AuditAct.DONE,
                before,
                after);
    }

    private static String hash(long seq, AuditAct act, String previous) {
        return AuditEntry.hex(EntryHash.of(seq, act, previous));
    }

    /** Computed by another program from the encoding as it is told. */
    @Test
    void theEncodingIsTheOneThatIsTold() {
        assertThat(hash(1, ACT, AuditEntry.NOTHING))
                .isEqualTo("a7ad8198988f088d1995c90e174c9ee22ddbe4f9aced8a4b6d013ef05e1e143f");
    }

    @Test
    void everyPartCounts() {
        String hash = hash(1, ACT, AuditEntry.NOTHING);

        assertThat(hash(2, ACT, AuditEntry.NOTHING)).isNotEqualTo(hash);
        assertThat(hash(1, ACT, "1".repeat(64))).isNotEqualTo(hash);
        assertThat(hash(1, act("u_3", ACT.before(), ACT.after()), AuditEntry.NOTHING))
                .isNotEqualTo(hash);
        assertThat(hash(1, act("u_2", ACT.after(), ACT.before()), AuditEntry.NOTHING))
                .isNotEqualTo(hash);
    }

    @Test
    void noTwoEntriesHaveOneEncoding() {
        String joined = hash(1, act("u_2", Map.of("a", "bc"), Map.of()), AuditEntry.NOTHING);

        assertThat(hash(1, act("u_2", Map.of("ab", "c"), Map.of()), AuditEntry.NOTHING))
                .isNotEqualTo(joined);
        assertThat(hash(1, act("u_2", Map.of(), Map.of("a", "bc")), AuditEntry.NOTHING))
                .isNotEqualTo(joined);
    }
}
