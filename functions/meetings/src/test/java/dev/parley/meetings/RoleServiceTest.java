package dev.parley.meetings;

import static dev.parley.meetings.World.draft;
import static dev.parley.meetings.World.refused;
import static dev.parley.meetings.World.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.meetings.HostAct;
import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.Principal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoleServiceTest {
    private final World world = new World();
    private String id;

    @BeforeEach
    void start() {
        id = world.started(draft(5, null, null));
        world.join(world.host, id);
        world.join(world.ana, id);
        world.join(world.ben, id);
    }

    private MeetingRole roleOf(String userId) {
        return world.live.participants(id).stream()
                .filter(person -> person.userId().equals(userId))
                .findFirst()
                .orElseThrow()
                .role();
    }

    private List<String> grantsOnReturn(Principal who) {
        return world.mediaTokens.get(world.join(who, id).mediaToken()).publish();
    }

    @Test
    void aViewerMaySendNothingAndTheNodeIsToldBeforeTheAnswer() {
        HostAct act = world.roles.assign(world.host, id, "u_ana", "viewer");
        assertThat(act.act()).isEqualTo("role");
        assertThat(act.media()).isEqualTo("applied");
        RoomAct told = world.media.acts.getFirst();
        assertThat(told.act()).isEqualTo(RoomAct.Kind.ROLE);
        assertThat(told.user()).isEqualTo("u_ana");
        assertThat(told.role()).isEqualTo("viewer");
        assertThat(told.publish()).isEmpty();
        assertThat(told.admission()).isEqualTo(1);
        assertThat(grantsOnReturn(world.ana)).isEmpty();
        world.joining.leave(world.ana, id);
        assertThat(world.join(world.ana, id).role()).isEqualTo("viewer");
        assertThat(grantsOnReturn(world.ana)).isEmpty();
    }

    @Test
    void aPresenterSharesTheScreenWhereParticipantsMayNot() {
        MeetingSettings quiet = new MeetingSettings(true, true, false, null, null, null, null, null, null);
        world.meetings.update(
                world.host,
                id,
                new dev.parley.contracts.meetings.MeetingDraft(null, null, null, null, null, null, null, quiet));
        assertThat(grantsOnReturn(world.ana)).containsExactly("microphone", "camera");
        world.roles.assign(world.host, id, "u_ana", "presenter");
        assertThat(world.media.acts.getLast().publish())
                .containsExactly(Source.MICROPHONE, Source.CAMERA, Source.SCREEN, Source.SCREEN_AUDIO);
        assertThat(grantsOnReturn(world.ana)).containsExactly("microphone", "camera", "screen", "screen-audio");
        world.roles.assign(world.host, id, "u_ana", "participant");
        assertThat(grantsOnReturn(world.ana)).containsExactly("microphone", "camera");
    }

    @Test
    void coHostsModerateButDoNotAppointOrEndOrTouchTheirEquals() {
        world.roles.assign(world.host, id, "u_ana", "co-host");
        world.moderation.mute(world.ana, id, "u_ben", Source.MICROPHONE);
        world.moderation.lock(world.ana, id, true);
        world.moderation.lock(world.ana, id, false);
        world.roles.assign(world.ana, id, "u_ben", "viewer");
        world.roles.assign(world.ana, id, "u_ben", "participant");
        assertThatThrownBy(() -> world.roles.assign(world.ana, id, "u_ben", "co-host"))
                .satisfies(refused(MeetingErrors.NOT_HOST));
        assertThatThrownBy(() -> world.roles.assign(world.ana, id, "u_ben", "host"))
                .satisfies(refused(MeetingErrors.NOT_HOST));
        assertThatThrownBy(() -> world.moderation.end(world.ana, id)).satisfies(refused(MeetingErrors.NOT_HOST));
        assertThatThrownBy(() -> world.moderation.kick(world.ana, id, "u_host"))
                .satisfies(refused(MeetingErrors.HOST_STAYS));
        assertThatThrownBy(() -> world.roles.assign(world.ana, id, "u_host", "viewer"))
                .satisfies(refused(MeetingErrors.LAST_HOST));
        world.roles.assign(world.host, id, "u_ben", "co-host");
        assertThatThrownBy(() -> world.moderation.kick(world.ana, id, "u_ben"))
                .satisfies(refused(MeetingErrors.NOT_HOST));
        assertThatThrownBy(() -> world.roles.assign(world.ana, id, "u_ben", "viewer"))
                .satisfies(refused(MeetingErrors.NOT_HOST));
        world.roles.assign(world.ben, id, "u_ben", "participant");
        world.moderation.kick(world.ana, id, "u_ben");
    }

    @Test
    void aCoHostWhoIsNotInMayNothing() {
        world.roles.assign(world.host, id, "u_ana", "co-host");
        world.joining.leave(world.ana, id);
        assertThatThrownBy(() -> world.moderation.lock(world.ana, id, true)).satisfies(refused(MeetingErrors.NOT_HOST));
        assertThat(world.join(world.ana, id).role()).isEqualTo("co-host");
        world.moderation.lock(world.ana, id, true);
    }

    @Test
    void nobodyRaisesThemselves() {
        for (String role : List.of("host", "co-host", "presenter", "participant", "viewer")) {
            assertThatThrownBy(() -> world.roles.assign(world.ana, id, "u_ana", role))
                    .satisfies(refused(MeetingErrors.NOT_HOST));
        }
        world.roles.assign(world.host, id, "u_ana", "co-host");
        assertThatThrownBy(() -> world.roles.assign(world.ana, id, "u_ana", "host"))
                .satisfies(refused(MeetingErrors.NOT_ONESELF));
        assertThat(roleOf("u_ana")).isEqualTo(MeetingRole.CO_HOST);
    }

    @Test
    void theMeetingIsHandedOverAndHasOneHostAtEveryMoment() {
        assertThatThrownBy(() -> world.roles.assign(world.host, id, "u_host", "participant"))
                .satisfies(refused(MeetingErrors.LAST_HOST));
        world.roles.assign(world.host, id, "u_ana", "host");
        assertThat(world.live.find(id).orElseThrow().hostId()).isEqualTo("u_ana");
        assertThat(roleOf("u_ana")).isEqualTo(MeetingRole.HOST);
        assertThat(roleOf("u_host")).isEqualTo(MeetingRole.CO_HOST);
        assertThat(world.media.acts).extracting(RoomAct::role).containsExactly("host", "co-host");
        assertThat(world.join(world.host, id).role()).isEqualTo("co-host");
        world.joining.leave(world.host, id);
        assertThat(world.join(world.host, id).role()).isEqualTo("co-host");
        world.roles.assign(world.ana, id, "u_host", "participant");
        assertThat(world.moderation.end(world.ana, id).status()).isEqualTo(MeetingStatus.ENDED);
    }

    @Test
    void whoPlannedTheMeetingMayEndItWhoeverHostsItNow() {
        world.roles.assign(world.host, id, "u_ana", "host");
        assertThat(world.moderation.end(world.host, id).status()).isEqualTo(MeetingStatus.ENDED);
    }

    @Test
    void guestsAreNeverHostsAndGetTheirOwnRoleBack() {
        Principal gita = world.guest(id, "Gita");
        world.join(gita, id);
        for (String role : List.of("host", "co-host")) {
            assertThatThrownBy(() -> world.roles.assign(world.host, id, gita.userId(), role))
                    .satisfies(refused(MeetingErrors.GUEST_ROLE));
        }
        world.roles.assign(world.host, id, gita.userId(), "presenter");
        assertThat(roleOf(gita.userId())).isEqualTo(MeetingRole.PRESENTER);
        world.roles.assign(world.host, id, gita.userId(), "participant");
        assertThat(roleOf(gita.userId())).isEqualTo(MeetingRole.GUEST);
    }

    @Test
    void onlyWhoWasLetInHasARole() {
        for (String wrong : List.of("guest", "admin", "")) {
            assertThatThrownBy(() -> world.roles.assign(world.host, id, "u_ana", wrong))
                    .satisfies(refused(MeetingErrors.ROLE));
        }
        assertThatThrownBy(() -> world.roles.assign(world.host, id, "u_ana", null))
                .satisfies(refused(MeetingErrors.ROLE));
        assertThatThrownBy(() -> world.roles.assign(world.host, id, "u_nobody", "viewer"))
                .satisfies(refused(MeetingErrors.PERSON_NOT_FOUND));
        world.moderation.kick(world.host, id, "u_ben");
        assertThatThrownBy(() -> world.roles.assign(world.host, id, "u_ben", "viewer"))
                .satisfies(refused(MeetingErrors.NOT_JOINED));
        world.joining.leave(world.ana, id);
        assertThatThrownBy(() -> world.roles.assign(world.host, id, "u_ana", "host"))
                .satisfies(refused(MeetingErrors.NOT_JOINED));
        assertThatThrownBy(() -> world.roles.assign(user("u_stranger"), id, "u_ana", "viewer"))
                .satisfies(refused(MeetingErrors.NOT_HOST));
    }

    @Test
    void aNodeThatWasNotReachedIsReachedByDoingItAgain() {
        world.media.unreachable = true;
        assertThatThrownBy(() -> world.roles.assign(world.host, id, "u_ana", "viewer"))
                .satisfies(refused(503, "fleet.unavailable"));
        assertThat(roleOf("u_ana")).isEqualTo(MeetingRole.VIEWER);
        world.media.unreachable = false;
        assertThat(world.roles.assign(world.host, id, "u_ana", "viewer").media())
                .isEqualTo("applied");
        assertThat(world.live.find(id).orElseThrow().admission()).isEqualTo(1);
    }
}
