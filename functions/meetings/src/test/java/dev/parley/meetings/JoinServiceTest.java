package dev.parley.meetings;

import static dev.parley.meetings.World.draft;
import static dev.parley.meetings.World.refused;
import static dev.parley.meetings.World.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.meetings.GuestPass;
import dev.parley.contracts.meetings.GuestRequest;
import dev.parley.contracts.meetings.JoinReply;
import dev.parley.contracts.meetings.JoinRequest;
import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.Principal;
import dev.parley.kernel.SocketTicket;
import dev.parley.kernel.tokens.MediaClaims;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinServiceTest {
    private final World world = new World();

    @Test
    void theHostsJoinStartsTheMeetingAndOthersWaitForIt() {
        String id = world.meetings.create(world.host, draft("Standup")).id();
        assertThatThrownBy(() -> world.ask(world.ana, id)).satisfies(refused(MeetingErrors.NOT_STARTED));
        JoinReply reply = world.join(world.host, id);
        assertThat(reply.role()).isEqualTo("host");
        assertThat(reply.csrc()).isEqualTo(1);
        assertThat(reply.roomId()).isEqualTo(id);
        assertThat(world.plans.find(id).orElseThrow().status()).isEqualTo(MeetingStatus.ACTIVE);
        assertThat(world.join(world.ana, id).csrc()).isEqualTo(2);
    }

    @Test
    void theReplyCarriesAMediaTokenAndASocketTicketForThisPerson() {
        String id = world.started(draft("Standup"));
        JoinOutcome.Joined joined = (JoinOutcome.Joined)
                world.joining.join(world.ana, id, new JoinRequest(null, "Ana B"), Optional.of("https://meet.example"));
        MediaClaims claims = world.mediaTokens.get(joined.reply().mediaToken());
        assertThat(joined.reply().mediaToken()).startsWith("room:" + id);
        assertThat(claims.participantId()).isEqualTo(joined.reply().participantId());
        assertThat(claims.userId()).isEqualTo("u_ana");
        assertThat(claims.name()).isEqualTo("Ana B");
        assertThat(claims.publish()).containsExactly("microphone", "camera", "screen", "screen-audio");
        SocketTicket ticket = world.tickets.redeem(joined.reply().wsTicket()).orElseThrow();
        assertThat(ticket.roomId()).contains(id);
        assertThat(ticket.participantId()).contains(joined.reply().participantId());
        assertThat(ticket.origin()).contains("https://meet.example");
    }

    @Test
    void settingsBindEverybodyButTheHost() {
        MeetingSettings quiet = new MeetingSettings(false, true, false, null, null, null, null, null, null);
        String id = world.started(new MeetingDraft("Talk", null, null, null, null, null, null, quiet));
        assertThat(world.mediaTokens.get(world.join(world.ana, id).mediaToken()).publish())
                .containsExactly("microphone");
        assertThat(world.mediaTokens
                        .get(world.join(world.host, id).mediaToken())
                        .publish())
                .containsExactly("microphone", "camera", "screen", "screen-audio");
    }

    @Test
    void joiningAgainIsTheSameParticipantAndTakesNoSecondSeat() {
        String id = world.started(draft(1, null, null));
        JoinReply first = world.join(world.ana, id);
        JoinReply again = world.join(world.ana, id);
        assertThat(again.participantId()).isEqualTo(first.participantId());
        assertThat(again.csrc()).isEqualTo(first.csrc());
        assertThat(world.live.find(id).orElseThrow().joined()).isEqualTo(1);
        assertThatThrownBy(() -> world.ask(world.ben, id)).satisfies(refused(MeetingErrors.FULL));
    }

    @Test
    void leavingFreesTheSeatAndComingBackKeepsTheNumber() {
        String id = world.started(draft(1, null, null));
        int csrc = world.join(world.ana, id).csrc();
        assertThatThrownBy(() -> world.joining.leave(world.ben, id)).satisfies(refused(MeetingErrors.NOT_PARTICIPANT));
        world.joining.leave(world.ana, id);
        world.joining.leave(world.ana, id);
        world.join(world.ben, id);
        world.joining.leave(world.ben, id);
        assertThat(world.join(world.ana, id).csrc()).isEqualTo(csrc);
    }

    @Test
    void leavingEndsTheMediaBeforeItIsAnswered() {
        String id = world.started(draft(2, null, null));
        String participantId = world.join(world.ana, id).participantId();
        world.joining.leave(world.ana, id);
        RoomAct told = world.media.acts.getFirst();
        assertThat(told.act()).isEqualTo(RoomAct.Kind.LEAVE);
        assertThat(told.user()).isEqualTo("u_ana");
        assertThat(told.by()).isEqualTo(participantId);
        assertThat(told.admission()).isZero();
    }

    @Test
    void leavingTheLobbyAsksNothingOfTheNode() {
        String id = world.started(draft(10, null, true));
        world.ask(world.ana, id);
        world.joining.leave(world.ana, id);
        assertThat(world.media.acts).isEmpty();
    }

    @Test
    void whenTheNodeCannotBeReachedTheSeatIsFreeAndLeavingAgainReachesIt() {
        String id = world.started(draft(1, null, null));
        world.join(world.ana, id);
        world.media.unreachable = true;
        assertThatThrownBy(() -> world.joining.leave(world.ana, id)).satisfies(refused(503, "fleet.unavailable"));
        assertThat(world.live.find(id).orElseThrow().joined()).isZero();
        world.media.unreachable = false;
        world.joining.leave(world.ana, id);
        assertThat(world.media.acts).extracting(RoomAct::act).containsExactly(RoomAct.Kind.LEAVE);
        world.join(world.ben, id);
    }

    @Test
    void comingBackToOnesSeatIsWrittenSoThatNobodyTakesIt() {
        String id = world.started(draft(1, null, null));
        String ana = world.join(world.ana, id).participantId();
        Participant first = world.live.participant(id, ana).orElseThrow();
        world.join(world.ana, id);
        Participant second = world.live.participant(id, ana).orElseThrow();
        assertThat(second.revision()).isGreaterThan(first.revision());
        assertThat(second.seated()).isTrue();
        assertThat(world.live.find(id).orElseThrow().joined()).isEqualTo(1);
    }

    @Test
    void thePasswordIsAskedOfNewPeopleAlone() {
        String id = world.started(draft(10, "open sesame", null));
        assertThatThrownBy(() -> world.ask(world.ana, id)).satisfies(refused(MeetingErrors.PASSWORD));
        assertThatThrownBy(() -> world.joining.join(world.ana, id, new JoinRequest("wrong", null), Optional.empty()))
                .satisfies(refused(MeetingErrors.PASSWORD));
        world.joining.join(world.ana, id, new JoinRequest("open sesame", null), Optional.empty());
        world.joining.leave(world.ana, id);
        world.join(world.ana, id);
        world.join(world.host, id);
    }

    @Test
    void guessingPasswordsIsSlowedDown() {
        String id = world.started(draft(10, "open sesame", null));
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(
                            () -> world.joining.join(world.ana, id, new JoinRequest("wrong", null), Optional.empty()))
                    .satisfies(refused(MeetingErrors.PASSWORD));
        }
        assertThatThrownBy(
                        () -> world.joining.join(world.ana, id, new JoinRequest("open sesame", null), Optional.empty()))
                .satisfies(refused(429, "rate.limited"));
    }

    @Test
    void aLockKeepsNewPeopleOutAndLetsThoseBackInWhoWereIn() {
        String id = world.started(draft("Standup"));
        world.join(world.ana, id);
        world.moderation.lock(world.host, id, true);
        assertThatThrownBy(() -> world.ask(world.ben, id)).satisfies(refused(MeetingErrors.LOCKED));
        world.joining.leave(world.ana, id);
        world.join(world.ana, id);
        world.join(world.host, id);
        world.moderation.lock(world.host, id, false);
        world.join(world.ben, id);
    }

    @Test
    void theLobbyHoldsEverybodyUntilTheHostDecides() {
        String id = world.started(draft(10, null, true));
        assertThat(world.ask(world.ana, id)).isInstanceOf(JoinOutcome.Held.class);
        assertThat(world.ask(world.ana, id)).isInstanceOf(JoinOutcome.Held.class);
        assertThat(world.ask(world.ben, id)).isInstanceOf(JoinOutcome.Held.class);
        world.moderation.admit(world.host, id, "u_ana");
        world.moderation.deny(world.host, id, "u_ben");
        world.join(world.ana, id);
        assertThatThrownBy(() -> world.ask(world.ben, id)).satisfies(refused(MeetingErrors.DENIED));
        world.moderation.admit(world.host, id, "u_ben");
        world.join(world.ben, id);
    }

    @Test
    void anEndedMeetingIsGoneAndACancelledOneToo() {
        String ended = world.started(draft("Standup"));
        world.moderation.end(world.host, ended);
        assertThatThrownBy(() -> world.ask(world.ana, ended)).satisfies(refused(MeetingErrors.ENDED));
        String cancelled = world.meetings.create(world.host, draft("Never")).id();
        world.meetings.cancel(world.host, cancelled);
        assertThatThrownBy(() -> world.ask(world.host, cancelled)).satisfies(refused(MeetingErrors.CANCELLED));
        assertThatThrownBy(() -> world.ask(world.host, "aaa-bbbb-ccc")).satisfies(refused(MeetingErrors.NOT_FOUND));
        assertThatThrownBy(() -> world.ask(world.host, "../etc")).satisfies(refused(MeetingErrors.NOT_FOUND));
    }

    @Test
    void aGuestsTokenIsForOneMeetingAndTheKeyMakesTheSameGuest() {
        String id = world.started(draft("Standup"));
        String other = world.started(draft("Other"));
        GuestPass pass = world.pass(id, "Gita", null);
        Principal guest = world.principal(pass);
        JoinReply reply = world.join(guest, id);
        assertThat(reply.role()).isEqualTo("guest");
        assertThatThrownBy(() -> world.ask(guest, other)).satisfies(refused(MeetingErrors.NOT_FOUND));
        GuestPass again = world.pass(id, "Gita", pass.guestKey());
        assertThat(again.userId()).isEqualTo(pass.userId());
        assertThat(world.join(world.principal(again), id).participantId()).isEqualTo(reply.participantId());
        assertThat(world.pass(id, "Gita", "short").guestKey()).hasSize(43).isNotEqualTo("short");
        assertThat(world.pass(other, "Gita", pass.guestKey()).userId()).isNotEqualTo(pass.userId());
    }

    @Test
    void aGuestShowsThePasswordOnceAndRenewsTheTokenByTheKey() {
        String id = world.started(draft(10, "open sesame", null));
        assertThatThrownBy(() -> world.pass(id, "Gita", null)).satisfies(refused(MeetingErrors.PASSWORD));
        GuestPass pass = world.guests.enter(id, new GuestRequest("Gita", "open sesame", null), "192.0.2.1");
        world.join(world.principal(pass), id);
        assertThat(world.pass(id, "Gita", pass.guestKey()).userId()).isEqualTo(pass.userId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\u0000b", "line\nbreak", "right\u202Eleft", "half\uD800"})
    void aNameMustBeReadable(String name) {
        String id = world.started(draft("Standup"));
        assertThatThrownBy(() -> world.pass(id, name, null)).satisfies(refused(MeetingErrors.DISPLAY_NAME));
        assertThatThrownBy(() -> world.joining.join(world.ana, id, new JoinRequest(null, name), Optional.empty()))
                .satisfies(refused(MeetingErrors.DISPLAY_NAME));
    }

    @Test
    void aNameHasFiftyCharactersAtMostCountedAsPeopleDo() {
        String id = world.started(draft("Standup"));
        world.pass(id, "李".repeat(50), null);
        world.pass(id, "\uD83D\uDE00".repeat(50), null);
        assertThatThrownBy(() -> world.pass(id, "x".repeat(51), null)).satisfies(refused(MeetingErrors.DISPLAY_NAME));
        world.join(user("u_" + "y".repeat(80)), id);
    }
}
