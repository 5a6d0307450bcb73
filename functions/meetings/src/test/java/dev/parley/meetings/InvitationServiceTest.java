package dev.parley.meetings;

import static dev.parley.meetings.World.draft;
import static dev.parley.meetings.World.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.meetings.InvitationRequest;
import dev.parley.contracts.meetings.JoinRequest;
import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.contracts.meetings.RecurrenceDraft;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InvitationServiceTest {
    private static final String START = "2027-03-01T09:00:00Z";

    private final World world = new World();

    private String planned() {
        return world.meetings
                .create(
                        world.host,
                        new MeetingDraft(
                                "Review, part 1; of 2",
                                "Bring\nnumbers",
                                START,
                                null,
                                null,
                                null,
                                null,
                                new MeetingSettings(null, null, null, null, null, null, null, true, null)))
                .id();
    }

    private List<Invitation> invite(String id, String... emails) {
        return world.invitations.invite(world.host, id, new InvitationRequest(List.of(emails), null));
    }

    private List<OutboxEvent> mails(String type) {
        return world.told.stream().filter(event -> event.type().equals(type)).toList();
    }

    private static String keyOf(OutboxEvent mail) {
        return mail.data().get("link").split("\\?i=")[1];
    }

    @Test
    void everybodyInvitedGetsOneMailWithACalendarEntry() {
        String id = planned();
        assertThat(invite(id, "Ana@Example.org", "ben@example.org", "ana@example.org"))
                .extracting(Invitation::email)
                .containsExactly("ana@example.org", "ben@example.org");
        assertThat(invite(id, "ana@example.org", "cleo@example.org")).hasSize(3);
        List<OutboxEvent> mails = mails("mail.invitation");
        assertThat(mails)
                .extracting(mail -> mail.data().get("email"))
                .containsExactlyInAnyOrder("ana@example.org", "ben@example.org", "cleo@example.org");
        OutboxEvent first = mails.getFirst();
        assertThat(first.subject()).isEqualTo(id);
        assertThat(first.data()).containsEntry("title", "Review, part 1; of 2").containsEntry("starts", START);
        assertThat(first.data().get("ics"))
                .contains("METHOD:REQUEST\r\n", "UID:" + id + "@", "SEQUENCE:1\r\n", "DTSTART:20270301T090000Z\r\n")
                .contains("SUMMARY:Review\\, part 1\\; of 2\r\n");
        assertThat(world.invitations.list(world.host, id)).hasSize(3);
        assertThat(first.toString()).doesNotContain("?i=");
    }

    @Test
    void aChangeIsToldWithAHigherNumberAndACancellationTakesItBack() {
        String id = planned();
        invite(id, "ana@example.org");
        MeetingDraft later = new MeetingDraft(null, null, "2027-03-02T09:00:00Z", null, null, null, null, null);
        Meeting before = world.plans.find(id).orElseThrow();
        Meeting after = world.meetings.update(world.host, id, later);
        world.invitations.changed(before, after);
        assertThat(mails("mail.invitation")).hasSize(2);
        assertThat(mails("mail.invitation").getLast().data().get("ics"))
                .contains("SEQUENCE:2\r\n", "DTSTART:20270302T090000Z\r\n");
        world.invitations.changed(after, after);
        assertThat(mails("mail.invitation")).hasSize(2);
        world.invitations.cancelled(world.meetings.cancel(world.host, id));
        assertThat(mails("mail.invitation_cancelled").getFirst().data().get("ics"))
                .contains("METHOD:CANCEL\r\n", "STATUS:CANCELLED\r\n", "SEQUENCE:3\r\n");
    }

    @Test
    void identityLearnsOnceOfEachInvitationAndNothingThatOpensADoor() {
        String id = planned();
        Invitation ana = invite(id, "ana@example.org").getFirst();
        invite(id, "ana@example.org");
        MeetingDraft later = new MeetingDraft(null, null, "2027-03-02T09:00:00Z", null, null, null, null, null);
        Meeting before = world.plans.find(id).orElseThrow();
        world.invitations.changed(before, world.meetings.update(world.host, id, later));
        world.invitations.withdraw(world.host, id, ana.id());

        assertThat(world.noted)
                .extracting(event -> event.type() + " " + event.data().get("what") + " "
                        + event.data().get("email") + " " + event.data().get("starts"))
                .containsExactly(
                        "invitation.sent invited ana@example.org " + START,
                        "invitation.sent changed ana@example.org 2027-03-02T09:00:00Z",
                        "invitation.cancelled cancelled ana@example.org 2027-03-02T09:00:00Z");
        assertThat(world.noted).extracting(OutboxEvent::id).doesNotHaveDuplicates();
        assertThat(world.noted.toString() + world.noted.getFirst().data()).doesNotContain(ana.key());
    }

    @Test
    void whoWasInvitedSkipsTheLobbyWithTheirOwnAccount() {
        String id = planned();
        invite(id, "ana@example.org");
        String key = keyOf(mails("mail.invitation").getFirst());
        world.join(world.host, id);
        assertThat(world.ask(world.ben, id)).isInstanceOf(JoinOutcome.Held.class);
        assertThat(ask(world.guest(id, "Gita"), id, key)).isInstanceOf(JoinOutcome.Held.class);
        assertThat(ask(world.ana, id, "made-up")).isInstanceOf(JoinOutcome.Held.class);
        assertThat(ask(world.ana, id, key)).isInstanceOf(JoinOutcome.Joined.class);
        // The link was passed on: it was used, and is for nobody else.
        assertThat(ask(world.ben, id, key)).isInstanceOf(JoinOutcome.Held.class);
    }

    @Test
    void whereTheHostWantsToSeeEverybodyInvitedPeopleWaitToo() {
        String id = planned();
        invite(id, "ana@example.org");
        String key = keyOf(mails("mail.invitation").getFirst());
        MeetingSettings strict = new MeetingSettings(null, null, null, null, null, null, null, null, null, false);
        world.meetings.update(world.host, id, new MeetingDraft(null, null, null, null, null, null, null, strict));
        world.join(world.host, id);
        assertThat(ask(world.ana, id, key)).isInstanceOf(JoinOutcome.Held.class);
    }

    @Test
    void anInvitationTakenBackOpensNothing() {
        String id = planned();
        Invitation ana = invite(id, "ana@example.org").getFirst();
        String key = keyOf(mails("mail.invitation").getFirst());
        world.invitations.withdraw(world.host, id, ana.id());
        world.invitations.withdraw(world.host, id, ana.id());
        assertThat(mails("mail.invitation_cancelled")).hasSize(1);
        world.join(world.host, id);
        assertThat(ask(world.ana, id, key)).isInstanceOf(JoinOutcome.Held.class);
        assertThat(world.invitations.list(world.host, id)).isEmpty();
    }

    @Test
    void onlyHostsInviteAndOnlySoMany() {
        String id = planned();
        assertThatThrownBy(() ->
                        world.invitations.invite(world.ana, id, new InvitationRequest(List.of("x@example.org"), null)))
                .satisfies(refused(MeetingErrors.NOT_HOST));
        assertThatThrownBy(() -> world.invitations.list(world.ana, id)).satisfies(refused(MeetingErrors.NOT_HOST));
        assertThatThrownBy(() -> world.invitations.withdraw(world.ana, id, "i_x"))
                .satisfies(refused(MeetingErrors.NOT_HOST));
        for (List<String> wrong : List.of(
                List.<String>of(),
                List.of("nobody"),
                List.of("a@b"),
                List.of("x@example.org\r\nBcc: y@example.org"),
                Collections.nCopies(1, "x".repeat(250) + "@example.org"),
                IntStream.range(0, 51).mapToObj(i -> "x" + i + "@example.org").toList())) {
            assertThatThrownBy(() -> world.invitations.invite(world.host, id, new InvitationRequest(wrong, null)))
                    .satisfies(refused(MeetingErrors.EMAILS));
        }
        assertThatThrownBy(() -> world.invitations.invite(
                        world.host, id, new InvitationRequest(List.of("x@example.org"), "tlh")))
                .satisfies(refused(MeetingErrors.LOCALE));
        for (int round = 0; round < 6; round++) {
            int from = round * 50;
            invite(
                    id,
                    IntStream.range(from, from + 50)
                            .mapToObj(i -> "p" + i + "@example.org")
                            .toArray(String[]::new));
        }
        assertThatThrownBy(() -> invite(id, "one-too-many@example.org"))
                .satisfies(refused(MeetingErrors.TOO_MANY_INVITED));
        for (int i = 0; i < 23; i++) {
            invite(id, "p1@example.org");
        }
        assertThatThrownBy(() -> invite(id, "p1@example.org")).satisfies(refused(429, "rate.limited"));
    }

    @Test
    void aMeetingForNowIsMailedWithoutACalendarEntry() {
        String id = world.started(draft("Now"));
        world.join(world.host, id);
        world.join(world.ana, id);
        world.roles.assign(world.host, id, "u_ana", "co-host");
        world.invitations.invite(world.ana, id, new InvitationRequest(List.of("x@example.org"), "zh"));
        assertThat(mails("mail.invitation").getFirst().data())
                .containsEntry("ics", "")
                .containsEntry("starts", "")
                .containsEntry("locale", "zh");
        assertThatThrownBy(() -> world.invitations.calendar(world.plans.find(id).orElseThrow()))
                .satisfies(refused(MeetingErrors.NO_TIME));
    }

    @Test
    void aSeriesIsWrittenInItsTimeZoneWithTheChangesOfTheClock() {
        Meeting series = world.meetings.create(
                world.host,
                new MeetingDraft(
                        "Weekly – für alle, jede Woche um neun Uhr in der großen Runde mit allen Leuten",
                        null,
                        "2027-03-01T08:00:00Z",
                        "2027-03-01T08:30:00Z",
                        null,
                        null,
                        null,
                        null,
                        new RecurrenceDraft("FREQ=WEEKLY;UNTIL=20271231", "Europe/Berlin")));
        String calendar = world.invitations.calendar(series);
        assertThat(calendar)
                .contains("METHOD:PUBLISH\r\n", "TZID:Europe/Berlin\r\n")
                .contains("DTSTART;TZID=Europe/Berlin:20270301T090000\r\n")
                .contains("DTEND;TZID=Europe/Berlin:20270301T093000\r\n")
                .contains("RRULE:FREQ=WEEKLY;UNTIL=20271231T225959Z\r\n")
                .contains("BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n")
                .contains("BEGIN:STANDARD\r\nDTSTART:20271031T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n");
        assertThat(calendar.split("\r\n"))
                .allSatisfy(line -> assertThat(line.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(75));
        assertThat(calendar.replace("\r\n ", ""))
                .contains("SUMMARY:" + series.title().replace(",", "\\,"));
    }

    private JoinOutcome ask(Principal who, String id, String key) {
        return world.joining.join(who, id, new JoinRequest(null, null, key), Optional.empty());
    }
}
