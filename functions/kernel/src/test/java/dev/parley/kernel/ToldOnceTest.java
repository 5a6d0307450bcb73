package dev.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToldOnceTest {
    private final HandMovedClock clock = new HandMovedClock();
    private final Ephemeral marks = new InMemoryEphemeral(clock);
    private final List<String> told = new ArrayList<>();
    private final ToldOnce mail = new ToldOnce("mail", marks, event -> told.add(event.id()));

    private OutboxEvent event(String id) {
        return new OutboxEvent(id, "mail.password_changed", "u_1", clock.instant(), Map.of());
    }

    @Test
    void whatIsToldAgainIsPassedOnOnce() {
        mail.accept(event("e_1"));
        mail.accept(event("e_1"));
        mail.accept(event("e_2"));

        assertThat(told).containsExactly("e_1", "e_2");
    }

    @Test
    void eachConsumerIsToldForItself() {
        mail.accept(event("e_1"));
        new ToldOnce("sockets", marks, event -> told.add("sockets " + event.id())).accept(event("e_1"));

        assertThat(told).containsExactly("e_1", "sockets e_1");
    }

    @Test
    void whatFailedIsPassedOnWhenItIsToldAgain() {
        List<String> failures = new ArrayList<>(List.of("first", "second"));
        ToldOnce stumbling = new ToldOnce("mail", marks, event -> {
            if (!failures.isEmpty()) {
                throw new IllegalStateException(failures.removeFirst());
            }
            told.add(event.id());
        });

        assertThatThrownBy(() -> stumbling.accept(event("e_1"))).hasMessage("first");
        assertThatThrownBy(() -> stumbling.accept(event("e_1"))).hasMessage("second");
        stumbling.accept(event("e_1"));

        assertThat(told).containsExactly("e_1");
    }

    @Test
    void whatAnotherProcessHasIsToBeToldLaterAndIsFreeWhenThatOneDied() {
        marks.put("told#mail#e_1", Map.of("state", "taken"), ToldOnce.TAKEN);

        assertThatThrownBy(() -> mail.accept(event("e_1"))).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.code()).isEqualTo("store.unavailable");
        });
        assertThat(told).isEmpty();

        clock.advance(ToldOnce.TAKEN);
        mail.accept(event("e_1"));
        assertThat(told).containsExactly("e_1");
    }
}
