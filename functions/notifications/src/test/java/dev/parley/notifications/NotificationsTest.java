package dev.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.OutboxEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotificationsTest {
    private final List<Mail> sent = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final Notifications notifications =
            new Notifications("https://meet.example.org", sent::add, event -> unknown.add(event.type()));

    private static OutboxEvent event(String type, Map<String, String> data) {
        return new OutboxEvent("e_1", type, "u_1", Instant.EPOCH, data);
    }

    @Test
    void anEventOfOursIsOneMailToItsReader() {
        notifications.accept(event("mail.password_changed", Map.of("email", "ana@example.org", "name", "Ana")));

        assertThat(sent).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo(new Mailbox("Ana", "ana@example.org"));
            assertThat(mail.subject()).isEqualTo("Your Parley password was changed");
            assertThat(mail.text()).contains("https://meet.example.org/forgot-password");
            assertThat(mail.html()).contains("<a href=\"https://meet.example.org/forgot-password\"");
            assertThat(mail.invite()).isEmpty();
            assertThat(mail.toString()).doesNotContain("ana");
        });
    }

    @Test
    void aCancelledMeetingIsTakenOutOfTheCalendar() {
        notifications.accept(event(
                "mail.invitation_cancelled",
                Map.of(
                        "email", "ana@example.org",
                        "name", "Ada",
                        "title", "Weekly",
                        "starts", "2026-11-02T10:15:00Z",
                        "ics", "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n")));

        assertThat(sent.getFirst().subject()).isEqualTo("Cancelled: Weekly");
        assertThat(sent.getFirst().to()).isEqualTo(new Mailbox("", "ana@example.org"));
        assertThat(sent.getFirst().invite()).get().extracting(Invite::method).isEqualTo("CANCEL");
    }

    @Test
    void whatIsNoMailOfOursIsPassedOver() {
        notifications.accept(event("account.banned", Map.of("user_id", "u_1")));
        notifications.accept(event("mail.of_tomorrow", Map.of("email", "ana@example.org")));
        notifications.accept(event("mail.", Map.of()));

        assertThat(sent).isEmpty();
        assertThat(unknown).containsExactly("account.banned", "mail.of_tomorrow", "mail.");
    }

    @Test
    void withoutAReaderThereIsNoMail() {
        assertThatThrownBy(() -> notifications.accept(event("mail.password_changed", Map.of("name", "Ana"))))
                .isInstanceOf(LetterException.class);
        assertThat(sent).isEmpty();
    }
}
