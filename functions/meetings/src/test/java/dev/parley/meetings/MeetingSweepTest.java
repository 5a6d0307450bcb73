package dev.parley.meetings;

import static dev.parley.meetings.World.draft;
import static dev.parley.meetings.World.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.Principal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeetingSweepTest {
    private final World world = new World();

    private MeetingRole roleOf(String id, Principal who) {
        return world.live.participants(id).stream()
                .filter(person -> person.userId().equals(who.userId()))
                .findFirst()
                .orElseThrow()
                .role();
    }

    @Test
    void aMeetingThatEverybodyLeftEndsAfterAWhileAndKeepsWhoWasThere() {
        String id = world.started(draft("Standup"));
        world.join(world.host, id);
        world.join(world.ana, id);
        world.joining.leave(world.host, id);
        world.joining.leave(world.ana, id);
        world.clock.advance(Duration.ofMinutes(9));
        assertThat(world.sweep.sweep().ended()).isZero();
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(world.sweep.sweep().ended()).isEqualTo(1);
        assertThat(world.plans.find(id).orElseThrow().status()).isEqualTo(MeetingStatus.ENDED);
        assertThat(world.plans.people(id)).extracting(Participant::userId).containsExactly("u_host", "u_ana");
        assertThat(world.kept).containsExactly("meeting.end " + id + " {because=empty} done");
        assertThatThrownBy(() -> world.ask(world.ana, id)).satisfies(refused(MeetingErrors.ENDED));
        assertThat(world.sweep.sweep().seen()).isZero();
    }

    @Test
    void whoeverIsInKeepsTheMeetingGoingLongAfterItsPlannedEnd() {
        Instant now = world.clock.instant();
        String id = world.started(new MeetingDraft(
                "Short", null, now.toString(), now.plusSeconds(60).toString(), null, null, null, null));
        world.join(world.ana, id);
        world.clock.advance(Duration.ofHours(5));
        assertThat(world.sweep.sweep().ended()).isZero();
        assertThat(world.live.find(id).orElseThrow().active()).isTrue();
    }

    @Test
    void oneThatNobodyEverCameToEndsToo() {
        String id = world.started(draft("Empty"));
        world.sweep.sweep();
        assertThat(world.live.find(id).orElseThrow().active()).isTrue();
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(world.sweep.sweep().ended()).isEqualTo(1);
        assertThat(world.plans.find(id).orElseThrow().status()).isEqualTo(MeetingStatus.ENDED);
    }

    @Test
    void anEndThatDidNotReachTheNodeIsFinishedByASweep() {
        String id = world.started(draft("Dark"));
        world.join(world.host, id);
        world.media.unreachable = true;
        assertThatThrownBy(() -> world.moderation.end(world.host, id)).satisfies(refused(503, "fleet.unavailable"));
        assertThat(world.sweep.sweep().failed()).isEqualTo(1);
        world.media.unreachable = false;
        assertThat(world.sweep.sweep().ended()).isEqualTo(1);
        assertThat(world.media.forgotten).containsExactly(id);
        assertThat(world.sweep.sweep().seen()).isZero();
    }

    @Test
    void theOldestCoHostTakesOverFromAHostWhoIsGone() {
        String id = world.started(draft("Handover"));
        world.join(world.host, id);
        world.join(world.ana, id);
        world.clock.advance(Duration.ofSeconds(1));
        world.join(world.ben, id);
        world.roles.assign(world.host, id, "u_ben", "co-host");
        world.joining.leave(world.host, id);
        world.clock.advance(Duration.ofSeconds(119));
        assertThat(world.sweep.sweep().handedOver()).isZero();
        world.clock.advance(Duration.ofSeconds(1));
        world.media.acts.clear();
        assertThat(world.sweep.sweep().handedOver()).isEqualTo(1);
        assertThat(roleOf(id, world.ben)).isEqualTo(MeetingRole.HOST);
        assertThat(roleOf(id, world.host)).isEqualTo(MeetingRole.CO_HOST);
        assertThat(world.live.find(id).orElseThrow().hostId()).isEqualTo("u_ben");
        assertThat(world.media.acts).extracting(RoomAct::role).containsExactly("host");
        assertThat(world.kept).containsExactly("meeting.role " + id + "/u_ben {because=host_away, role=host} done");
        assertThat(world.join(world.host, id).role()).isEqualTo("co-host");
        assertThat(world.sweep.sweep().handedOver()).isZero();
    }

    @Test
    void whatCannotBeKeptIsNotDone() {
        String id = world.started(draft("Unseen"));
        world.join(world.host, id);
        world.joining.leave(world.host, id);
        world.clock.advance(Duration.ofMinutes(10));
        world.chronicleAway = true;
        assertThat(world.sweep.sweep().failed()).isEqualTo(1);
        assertThat(world.live.find(id).orElseThrow().active()).isTrue();
        world.chronicleAway = false;
        assertThat(world.sweep.sweep().ended()).isEqualTo(1);
    }

    @Test
    void withoutACoHostTheOldestWithAnAccountTakesOverButNoViewerAndNoGuest() {
        String id = world.started(draft("Handover"));
        world.join(world.host, id);
        world.join(world.guest(id, "Gita"), id);
        world.join(world.ana, id);
        world.roles.assign(world.host, id, "u_ana", "viewer");
        world.joining.leave(world.host, id);
        world.clock.advance(Duration.ofMinutes(3));
        assertThat(world.sweep.sweep().handedOver()).isZero();
        world.join(world.ben, id);
        assertThat(world.sweep.sweep().handedOver()).isEqualTo(1);
        assertThat(roleOf(id, world.ben)).isEqualTo(MeetingRole.HOST);
    }

    @Test
    void aHostWhoComesBackInTimeStaysTheHostAndOneWhoIsYetToComeToo() {
        String id = world.started(draft("Handover"));
        world.join(world.ana, id);
        world.clock.advance(Duration.ofMinutes(30));
        assertThat(world.sweep.sweep().handedOver()).isZero();
        world.join(world.host, id);
        world.joining.leave(world.host, id);
        world.clock.advance(Duration.ofMinutes(1));
        world.sweep.sweep();
        assertThat(world.join(world.host, id).role()).isEqualTo("host");
        world.clock.advance(Duration.ofMinutes(5));
        assertThat(world.sweep.sweep().handedOver()).isZero();
    }
}
