package dev.parley.meetings;

import static dev.parley.meetings.World.draft;
import static dev.parley.meetings.World.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.OutboxEvent;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountRemovalTest {
    private final World world = new World();
    private final AccountRemoval removal = new AccountRemoval(world.live, world.media, world.clock);
    private String one;
    private String other;

    @BeforeEach
    void start() {
        one = world.started(draft(3, null, null));
        other = world.started(draft(3, null, null));
        world.join(world.ana, one);
        world.join(world.ben, one);
    }

    private void told(String type, String userId) {
        removal.accept(new OutboxEvent("e_1", type, userId, world.clock.instant(), Map.of("user_id", userId)));
    }

    @Test
    void whoIsBannedLosesSeatAndMediaEverywhereAndStaysOut() {
        world.join(world.ana, other);

        told("account.banned", "u_ana");

        assertThat(world.media.acts).extracting(RoomAct::act).containsOnly(RoomAct.Kind.KICK);
        assertThat(world.media.acts).extracting(RoomAct::user).containsExactly("u_ana", "u_ana");
        assertThat(world.live.find(one).orElseThrow().joined()).isEqualTo(1);
        assertThat(world.live.find(other).orElseThrow().joined()).isZero();
        assertThatThrownBy(() -> world.ask(world.ana, one)).satisfies(refused(MeetingErrors.BANNED));
    }

    @Test
    void aHostIsTakenOutTooAndTheMeetingGoesOn() {
        world.join(world.host, one);

        told("account.deleted", "u_host");

        LiveMeeting room = world.live.find(one).orElseThrow();
        assertThat(room.active()).isTrue();
        assertThat(room.denies("u_host", Optional.empty())).isTrue();
        assertThat(room.joined()).isEqualTo(2);
    }

    @Test
    void aNodeThatIsNotReachedHoldsUpNoOtherMeetingAndIsReachedWhenItIsToldAgain() {
        world.join(world.ana, other);
        world.media.unreachable = true;

        assertThatThrownBy(() -> told("account.banned", "u_ana")).satisfies(refused(503, "fleet.unavailable"));
        assertThat(world.live.find(one).orElseThrow().joined()).isEqualTo(1);
        assertThat(world.live.find(other).orElseThrow().joined()).isZero();

        world.media.unreachable = false;
        long admission = world.live.find(one).orElseThrow().admission();
        told("account.banned", "u_ana");
        assertThat(world.media.acts).hasSize(2);
        assertThat(world.live.find(one).orElseThrow().admission()).isEqualTo(admission);
    }

    @Test
    void aMeetingThatIsOverAndEventsOfOtherKindsAreLeftAlone() {
        world.moderation.end(world.host, one);
        world.media.acts.clear();

        told("account.banned", "u_ana");
        told("mail.password_reset", "u_ben");

        assertThat(world.media.acts).isEmpty();
        assertThat(world.live.participants(one)).noneMatch(person -> person.state() == ParticipantState.KICKED);
    }
}
