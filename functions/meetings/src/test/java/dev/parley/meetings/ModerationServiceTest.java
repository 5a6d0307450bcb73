package dev.parley.meetings;

import static dev.parley.meetings.World.draft;
import static dev.parley.meetings.World.refused;
import static dev.parley.meetings.World.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.meetings.GuestPass;
import dev.parley.contracts.meetings.HostAct;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.Principal;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModerationServiceTest {
    private final World world = new World();
    private String id;

    @BeforeEach
    void start() {
        id = world.started(draft(3, null, null));
        world.join(world.host, id);
    }

    @Test
    void aKickReachesTheNodeAndFreesTheSeat() {
        String kicked = world.join(world.ana, id).participantId();
        HostAct act = world.moderation.kick(world.host, id, "u_ana");
        assertThat(act.media()).isEqualTo("applied");
        RoomAct told = world.media.acts.getFirst();
        assertThat(told.act()).isEqualTo(RoomAct.Kind.KICK);
        assertThat(told.user()).isEqualTo("u_ana");
        assertThat(told.admission()).isEqualTo(1);
        assertThat(world.live.find(id).orElseThrow().joined()).isEqualTo(1);
        assertThat(world.live.participant(id, kicked).orElseThrow().state()).isEqualTo(ParticipantState.KICKED);
    }

    @Test
    void anIdThatIsNobodysIsNotFoundHoweverLong() {
        for (String who : List.of("p_", "p_" + "a".repeat(3000), "p_\0", "u_nobody")) {
            assertThatThrownBy(() -> world.moderation.kick(world.host, id, who))
                    .satisfies(refused(MeetingErrors.PERSON_NOT_FOUND));
        }
        assertThat(world.live.longestParticipantIdAsked).isLessThan(64);
    }

    @Test
    void theKickedStayOutByAccountByFreshLoginAndByGuestKey() {
        world.join(world.ana, id);
        GuestPass pass = world.pass(id, "Gita", null);
        Principal gita = world.principal(pass);
        world.join(gita, id);
        world.moderation.kick(world.host, id, "u_ana");
        world.moderation.kick(world.host, id, gita.userId());

        assertThatThrownBy(() -> world.ask(world.ana, id)).satisfies(refused(MeetingErrors.BANNED));
        Principal freshLogin = new Principal(
                "u_ana", "s_fresh", world.ana.role(), "Ana", 1, world.ana.meetingId(), world.ana.guestKey());
        assertThatThrownBy(() -> world.ask(freshLogin, id)).satisfies(refused(MeetingErrors.BANNED));
        assertThatThrownBy(() -> world.ask(gita, id)).satisfies(refused(MeetingErrors.BANNED));
        assertThatThrownBy(() -> world.pass(id, "Gita", pass.guestKey())).satisfies(refused(MeetingErrors.BANNED));
        world.joining.leave(gita, id);
        assertThatThrownBy(() -> world.ask(gita, id)).satisfies(refused(MeetingErrors.BANNED));
    }

    @Test
    void afterAKickNewGuestsWaitAndNobodyElseIsTouched() {
        Principal old = world.guest(id, "Olga");
        world.join(old, id);
        world.join(world.ana, id);
        world.moderation.kick(world.host, id, "u_ana");
        assertThat(world.ask(world.guest(id, "Ana again"), id)).isInstanceOf(JoinOutcome.Held.class);
        world.join(old, id);
        world.joining.leave(old, id);
        world.join(old, id);
        world.join(world.ben, id);
    }

    @Test
    void whenTheNodeCannotBeReachedTheKickHoldsAndTheHostIsTold() {
        world.join(world.ana, id);
        world.media.unreachable = true;
        assertThatThrownBy(() -> world.moderation.kick(world.host, id, "u_ana"))
                .satisfies(refused(503, "fleet.unavailable"));
        assertThatThrownBy(() -> world.ask(world.ana, id)).satisfies(refused(MeetingErrors.BANNED));
        world.media.unreachable = false;
        assertThat(world.moderation.kick(world.host, id, "u_ana").media()).isEqualTo("applied");
        assertThat(world.live.find(id).orElseThrow().admission()).isEqualTo(1);
    }

    @Test
    void muteReachesTheNodeForWhoIsInOnly() {
        world.join(world.ana, id);
        assertThat(world.moderation.mute(world.host, id, "u_ana", Source.CAMERA).media())
                .isEqualTo("applied");
        world.moderation.askToUnmute(world.host, id, "u_ana", Source.MICROPHONE);
        world.moderation.muteAll(world.host, id, Source.MICROPHONE);
        assertThat(world.media.acts)
                .extracting(RoomAct::act)
                .containsExactly(RoomAct.Kind.MUTE, RoomAct.Kind.UNMUTE_REQUEST, RoomAct.Kind.MUTE_ALL);
        world.joining.leave(world.ana, id);
        assertThatThrownBy(() -> world.moderation.mute(world.host, id, "u_ana", Source.CAMERA))
                .satisfies(refused(MeetingErrors.NOT_JOINED));
        assertThatThrownBy(() -> world.moderation.mute(world.host, id, "u_nobody", Source.CAMERA))
                .satisfies(refused(MeetingErrors.PERSON_NOT_FOUND));
    }

    @Test
    void aRoomWithoutMediaIsSaidSo() {
        world.join(world.ana, id);
        world.media.placed = false;
        assertThat(world.moderation.kick(world.host, id, "u_ana").media()).isEqualTo("no_room");
    }

    @Test
    void onlyTheHostActs() {
        world.join(world.ana, id);
        Principal guest = world.guest(id, "Gita");
        world.join(guest, id);
        for (Principal caller : List.of(world.ana, guest)) {
            List<ThrowingCallable> acts = List.of(
                    () -> world.moderation.kick(caller, id, "u_host"),
                    () -> world.moderation.mute(caller, id, "u_host", Source.CAMERA),
                    () -> world.moderation.askToUnmute(caller, id, "u_host", Source.CAMERA),
                    () -> world.moderation.muteAll(caller, id, Source.CAMERA),
                    () -> world.moderation.lock(caller, id, true),
                    () -> world.moderation.admit(caller, id, "u_ana"),
                    () -> world.moderation.deny(caller, id, "u_ana"),
                    () -> world.moderation.end(caller, id));
            assertThat(acts).allSatisfy(act -> assertThatThrownBy(act).satisfies(refused(MeetingErrors.NOT_HOST)));
        }
        assertThat(world.media.acts).isEmpty();
        assertThatThrownBy(() -> world.moderation.kick(world.host, id, "u_host"))
                .satisfies(refused(MeetingErrors.HOST_STAYS));
    }

    @Test
    void aMeetingsPeopleAreShownToItsPeople() {
        world.join(world.ana, id);
        world.ask(user("u_late"), id);
        world.moderation.kick(world.host, id, "u_late");
        assertThat(world.moderation.people(world.ana, id))
                .extracting(Participant::userId)
                .containsExactly("u_host", "u_ana");
        assertThat(world.moderation.people(world.host, id)).hasSize(3);
        assertThatThrownBy(() -> world.moderation.people(world.ben, id))
                .satisfies(refused(MeetingErrors.NOT_PARTICIPANT));
        assertThatThrownBy(() -> world.moderation.people(user("u_late"), id))
                .satisfies(refused(MeetingErrors.NOT_PARTICIPANT));
    }

    @Test
    void endingKeepsWhoWasThereAndTellsTheNode() {
        world.join(world.ana, id);
        Meeting ended = world.moderation.end(world.host, id);
        assertThat(ended.status()).isEqualTo(MeetingStatus.ENDED);
        assertThat(world.media.acts).extracting(RoomAct::act).containsExactly(RoomAct.Kind.END);
        assertThat(world.media.forgotten).containsExactly(id);
        assertThat(world.plans.people(id)).extracting(Participant::userId).containsExactly("u_host", "u_ana");
        assertThat(world.moderation.end(world.host, id).status()).isEqualTo(MeetingStatus.ENDED);
        assertThatThrownBy(() -> world.moderation.lock(world.host, id, true)).satisfies(refused(MeetingErrors.ENDED));
    }

    @Test
    void anEndThatDoesNotReachTheNodeIsWrittenAndCanBeRepeated() {
        world.media.unreachable = true;
        assertThatThrownBy(() -> world.moderation.end(world.host, id)).satisfies(refused(503, "fleet.unavailable"));
        assertThatThrownBy(() -> world.ask(world.ana, id)).satisfies(refused(MeetingErrors.ENDED));
        assertThat(world.plans.find(id).orElseThrow().status()).isEqualTo(MeetingStatus.ENDED);
        world.media.unreachable = false;
        world.moderation.end(world.host, id);
        assertThat(world.media.acts).extracting(RoomAct::act).containsExactly(RoomAct.Kind.END);
    }

    @Test
    void onlyWhoWaitsCanBeAdmitted() {
        world.join(world.ana, id);
        assertThatThrownBy(() -> world.moderation.admit(world.host, id, "u_ana"))
                .satisfies(refused(MeetingErrors.NOT_WAITING));
        assertThatThrownBy(() -> world.moderation.admit(world.host, id, "u_ben"))
                .satisfies(refused(MeetingErrors.PERSON_NOT_FOUND));
    }
}
