package dev.parley.meetings;

import static dev.parley.meetings.World.draft;
import static dev.parley.meetings.World.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.meetings.BreakoutAssignments;
import dev.parley.contracts.meetings.BreakoutAssignments.Assignment;
import dev.parley.contracts.meetings.BreakoutsRequest;
import dev.parley.contracts.meetings.BreakoutsView;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BreakoutServiceTest {
    private final World world = new World();
    private String id;
    private Principal guest;

    @BeforeEach
    void start() {
        id = world.started(draft("Workshop"));
        world.join(world.host, id);
        world.join(world.ana, id);
        world.join(world.ben, id);
        guest = world.guest(id, "Gus");
        world.join(guest, id);
    }

    /** Two rooms: Ana in the first, Ben in the second. */
    private BreakoutsView open(Boolean choose) {
        return world.breakouts.open(
                world.host,
                id,
                new BreakoutsRequest(
                        List.of(
                                new BreakoutsRequest.Room(" One ", List.of("u_ana")),
                                new BreakoutsRequest.Room("Two", List.of("u_ben"))),
                        choose));
    }

    private dev.parley.contracts.node.Breakouts told() {
        RoomAct act = world.media.acts.getLast();
        assertThat(act.act()).isEqualTo(RoomAct.Kind.BREAKOUTS);
        return act.breakouts();
    }

    private static List<String> people(List<BreakoutsView.Person> people) {
        return people.stream().map(BreakoutsView.Person::userId).toList();
    }

    @Test
    void peopleAreWhereTheHostPutsThemAndTheNodeIsTold() {
        BreakoutsView opened = open(null);
        String one = opened.rooms().getFirst().id();
        String two = opened.rooms().getLast().id();
        assertThat(opened.open()).isTrue();
        assertThat(opened.rooms()).extracting(BreakoutsView.Room::name).containsExactly("One", "Two");
        assertThat(people(opened.rooms().getFirst().people())).containsExactly("u_ana");
        assertThat(people(opened.main())).containsExactlyInAnyOrder("u_host", guest.userId());
        assertThat(told().places()).isEqualTo(Map.of("u_ana", one, "u_ben", two));
        assertThat(told().closesIn()).isNull();
        assertThat(world.told)
                .extracting(OutboxEvent::data)
                .last()
                .satisfies(data -> assertThat(data).containsEntry("what", "breakouts"));

        BreakoutsView hers = world.breakouts.read(world.ana, id);
        assertThat(hers.room()).isEqualTo(one);
        assertThat(hers.assigned()).isEqualTo(one);
        assertThat(hers.main()).as("who is where is for hosts").isNull();
        assertThat(hers.rooms()).allSatisfy(room -> assertThat(room.people()).isNull());

        world.breakouts.assign(
                world.host,
                id,
                new BreakoutAssignments(List.of(
                        new Assignment("u_ana", two),
                        new Assignment("u_ben", null),
                        new Assignment(guest.userId(), one))));
        assertThat(told().places()).isEqualTo(Map.of("u_ana", two, guest.userId(), one));
        assertThat(told().revision()).isGreaterThan(opened.revision());
        assertThatThrownBy(() -> open(null)).satisfies(refused(MeetingErrors.BREAKOUTS_OPEN));
    }

    @Test
    void peopleGoBackAndToTheirOwnRoomAndToOthersOnlyWhereTheyMay() {
        BreakoutsView opened = open(false);
        String one = opened.rooms().getFirst().id();
        String two = opened.rooms().getLast().id();
        world.breakouts.leave(world.ana, id, two);
        assertThat(world.breakouts.read(world.ana, id).room())
                .as("was not there")
                .isEqualTo(one);
        assertThat(world.breakouts.leave(world.ana, id, one).room()).isNull();
        assertThat(told().places()).isEqualTo(Map.of("u_ben", two));
        assertThatThrownBy(() -> world.breakouts.enter(world.ana, id, two))
                .satisfies(refused(MeetingErrors.BREAKOUT_NOT_YOURS));
        assertThat(world.breakouts.enter(world.ana, id, one).room()).isEqualTo(one);
        assertThatThrownBy(() -> world.breakouts.enter(guest, id, one))
                .satisfies(refused(MeetingErrors.BREAKOUT_NOT_YOURS));
        assertThat(world.breakouts.enter(world.host, id, two).room()).isEqualTo(two);
        assertThat(world.breakouts.enter(world.host, id, one).room()).isEqualTo(one);
        assertThat(told().places()).containsEntry("u_host", one);
        assertThatThrownBy(() -> world.breakouts.enter(world.host, id, "b_none"))
                .satisfies(refused(MeetingErrors.BREAKOUT_NOT_FOUND));
        world.breakouts.close(world.host, id, Duration.ZERO);
        open(true);
        String chosen = world.breakouts.read(guest, id).rooms().getLast().id();
        assertThat(world.breakouts.enter(guest, id, chosen).room()).isEqualTo(chosen);
    }

    @Test
    void theyCloseAtOnceOrWhenTheCountdownIsOverAndOpenAnew() {
        long first = open(null).revision();
        BreakoutsView closing = world.breakouts.close(world.host, id, Duration.ofSeconds(60));
        assertThat(closing.open()).isTrue();
        assertThat(closing.closesAt()).isEqualTo(world.clock.instant().plusSeconds(60));
        assertThat(told().closesIn()).isEqualTo(60_000);
        world.clock.advance(Duration.ofSeconds(59));
        String one = closing.rooms().getFirst().id();
        world.breakouts.enter(world.host, id, one);
        assertThat(told().closesIn()).isEqualTo(1_000);
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(world.breakouts.read(world.ana, id).open()).isFalse();
        assertThatThrownBy(() -> world.breakouts.enter(world.host, id, one))
                .satisfies(refused(MeetingErrors.BREAKOUTS_CLOSED));
        assertThat(world.breakouts.close(world.host, id, Duration.ZERO).open()).isFalse();
        BreakoutsView again = open(null);
        assertThat(again.revision()).isGreaterThan(first);
        assertThat(again.rooms().getFirst().id()).isNotEqualTo(one);
        world.breakouts.close(world.host, id, Duration.ZERO);
        assertThat(told().rooms()).isEmpty();
        assertThat(world.breakouts.read(world.ana, id).rooms()).isEmpty();
    }

    @Test
    void onlyHostsAndCoHostsActAndOnlyPeopleInTheMeetingRead() {
        for (Principal who : List.of(world.ana, guest)) {
            assertThatThrownBy(() -> world.breakouts.open(who, id, new BreakoutsRequest(List.of(), null)))
                    .satisfies(refused(MeetingErrors.NOT_HOST));
            assertThatThrownBy(() -> world.breakouts.close(who, id, Duration.ZERO))
                    .satisfies(refused(MeetingErrors.NOT_HOST));
            assertThatThrownBy(() -> world.breakouts.assign(who, id, new BreakoutAssignments(null)))
                    .satisfies(refused(MeetingErrors.NOT_HOST));
            assertThatThrownBy(() -> world.breakouts.announce(who, id, "Hello"))
                    .satisfies(refused(MeetingErrors.NOT_HOST));
        }
        assertThatThrownBy(() -> world.breakouts.read(World.user("u_stranger"), id))
                .satisfies(refused(MeetingErrors.NOT_PARTICIPANT));
        world.roles.assign(world.host, id, "u_ana", "co-host");
        world.breakouts.open(
                world.ana, id, new BreakoutsRequest(List.of(new BreakoutsRequest.Room("One", null)), null));
        world.breakouts.announce(world.ana, id, " Five minutes left ");
        assertThat(world.media.acts.getLast().text()).isEqualTo("Five minutes left");
        world.moderation.end(world.host, id);
        assertThatThrownBy(() -> world.breakouts.read(world.ana, id)).satisfies(refused(MeetingErrors.ENDED));
    }

    @Test
    void whatIsNoRoomNoNameAndNobodyIsRefused() {
        for (List<BreakoutsRequest.Room> rooms : List.of(
                List.<BreakoutsRequest.Room>of(),
                Collections.nCopies(51, new BreakoutsRequest.Room("x", null)),
                new ArrayList<BreakoutsRequest.Room>(Collections.singletonList(null)))) {
            assertThatThrownBy(() -> world.breakouts.open(world.host, id, new BreakoutsRequest(rooms, null)))
                    .satisfies(refused(MeetingErrors.BREAKOUT_ROOMS));
        }
        for (String name : new String[] {null, "", "  ", "x".repeat(41), "a\nb"}) {
            assertThatThrownBy(() -> world.breakouts.open(
                            world.host, id, new BreakoutsRequest(List.of(new BreakoutsRequest.Room(name, null)), null)))
                    .satisfies(refused(MeetingErrors.BREAKOUT_NAME));
        }
        assertThatThrownBy(() -> world.breakouts.open(
                        world.host,
                        id,
                        new BreakoutsRequest(List.of(new BreakoutsRequest.Room("One", List.of("u_nobody"))), null)))
                .satisfies(refused(MeetingErrors.PERSON_NOT_FOUND));
        assertThatThrownBy(() -> world.breakouts.open(
                        world.host,
                        id,
                        new BreakoutsRequest(
                                List.of(
                                        new BreakoutsRequest.Room("One", List.of("u_ana")),
                                        new BreakoutsRequest.Room("Two", List.of("u_ana"))),
                                null)))
                .satisfies(refused(MeetingErrors.BREAKOUT_TWICE));
        assertThat(world.breakouts.read(world.host, id).open())
                .as("nothing is half done")
                .isFalse();
        open(null);
        assertThatThrownBy(() -> world.breakouts.assign(
                        world.host, id, new BreakoutAssignments(List.of(new Assignment("u_ana", "b_none")))))
                .satisfies(refused(MeetingErrors.BREAKOUT_NOT_FOUND));
        assertThatThrownBy(() -> world.breakouts.assign(world.host, id, new BreakoutAssignments(List.of())))
                .satisfies(refused(MeetingErrors.BREAKOUT_ASSIGNMENTS));
        assertThatThrownBy(() -> world.breakouts.announce(world.host, id, " "))
                .satisfies(refused(MeetingErrors.ANNOUNCEMENT));
    }

    @Test
    void whatTheNodeCouldNotBeToldHoldsAllTheSame() {
        world.media.unreachable = true;
        assertThatThrownBy(() -> open(null)).satisfies(refused(503, "fleet.unavailable"));
        world.media.unreachable = false;
        BreakoutsView opened = world.breakouts.read(world.host, id);
        assertThat(opened.open()).isTrue();
        world.breakouts.enter(world.ana, id, opened.rooms().getFirst().id());
        assertThat(told().places()).as("the next act tells everything").hasSize(2);
    }
}
