package dev.parley.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.Actor;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Ids;
import dev.parley.kernel.OutboxEvent;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditTrailTest {
    private static final Actor HOST = new Actor("u_1", "user", "192.0.2.1", "r_1");

    private final List<OutboxEvent> left = new ArrayList<>();
    private final List<String> unkept = new ArrayList<>();
    private int roomFor = Integer.MAX_VALUE;
    private final AuditTrail trail = new AuditTrail(
            event -> {
                if (left.size() >= roomFor) {
                    throw Errors.STORE_UNAVAILABLE.exception();
                }
                left.add(event);
            },
            new Ids(new SecureRandom()),
            () -> Instant.parse("2026-11-21T12:00:00Z"),
            unkept::add);

    private List<String> outcomes() {
        return left.stream().map(event -> event.data().get("outcome")).toList();
    }

    private String kick() {
        return trail.during(HOST, "meeting.kick", "abc-defg-hij/u_2", Map.of("source", "x"), () -> "kicked");
    }

    @Test
    void anActIsNotedBeforeAndAfter() {
        assertThat(kick()).isEqualTo("kicked");

        assertThat(outcomes()).containsExactly("attempted", "done");
        OutboxEvent first = left.getFirst();
        assertThat(first.type()).isEqualTo("audit.entry");
        assertThat(first.subject()).isEqualTo("abc-defg-hij/u_2");
        assertThat(first.data())
                .containsEntry("act", "meeting.kick")
                .containsEntry("actor_id", "u_1")
                .containsEntry("actor_role", "user")
                .containsEntry("source_ip", "192.0.2.1")
                .containsEntry("request_id", "r_1")
                .containsEntry("after", "{\"source\":\"x\"}");
        assertThat(left.get(1).id()).isNotEqualTo(first.id());
    }

    @Test
    void whatCannotBeNotedIsNotDone() {
        roomFor = 0;
        List<String> done = new ArrayList<>();

        assertThatThrownBy(() -> trail.during(HOST, "meeting.kick", "m", Map.of(), () -> done.add("kicked")))
                .isInstanceOf(ApiException.class);
        assertThat(done).isEmpty();
    }

    @Test
    void aFailureIsNotedByItsCodeAndPassedOn() {
        assertThatThrownBy(() -> trail.during(HOST, "meeting.kick", "m", Map.of(), () -> {
                    throw Errors.CONFLICT.exception();
                }))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> trail.during(HOST, "meeting.kick", "m", Map.of(), () -> {
                    throw new IllegalStateException("secret detail");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(outcomes())
                .containsExactly("attempted", "failed: request.conflict", "attempted", "failed: internal");
    }

    @Test
    void whatWasDoneIsAnsweredThoughItsOutcomeCouldNotBeNoted() {
        roomFor = 1;

        assertThat(kick()).isEqualTo("kicked");
        assertThat(outcomes()).containsExactly("attempted");
        assertThat(unkept).singleElement().asString().contains("meeting.kick of request r_1 is done was not kept");
    }
}
