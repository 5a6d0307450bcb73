package dev.parley.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.ChannelMessage.RosterEntry;
import dev.parley.contracts.media.ChannelMessage.WantedSlot;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.node.Breakouts;
import dev.parley.contracts.node.Breakouts.Breakout;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.ApiException;
import dev.parley.node.agents.NothingBlocksAgents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** People of one meeting in breakout rooms, on two agents: each room is a meeting of its own, over the one exchange that everybody made. */
@Tag("component")
@ExtendWith(NothingBlocksAgents.class)
class BreakoutsOnANodeTest {
    private static final int PEOPLE = 4;
    private static final List<Breakout> ROOMS = List.of(new Breakout("b_1", "One"), new Breakout("b_2", "Two"));

    @TempDir
    static Path folder;

    private static NodeUnderTest node;

    @BeforeAll
    static void start() {
        node = new NodeUnderTest(folder, Map.of("NODE_AGENTS", "2", "NODE_ROOM_AGENT_PARTICIPANTS", "2"), line -> {});
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(assertion);
    }

    private static void tell(String room, Breakouts breakouts) {
        node.client().act(node.lease(), room, RoomAct.breakouts(breakouts, "p_1"));
    }

    private static Breakouts breakouts(long revision, Map<String, String> places) {
        return new Breakouts(revision, ROOMS, false, null, places);
    }

    private static Breakouts none(long revision) {
        return new Breakouts(revision, List.of(), false, null, Map.of());
    }

    private static List<Person> people(String room) throws Exception {
        List<Person> people = new ArrayList<>();
        for (int number = 1; number <= PEOPLE; number++) {
            people.add(new Person(node, room, number, PEOPLE - 1, PEOPLE - 1));
        }
        return people;
    }

    /** Everybody asks for everybody, wherever they are. */
    private static void watchAll(List<Person> people, long revision) {
        for (int self = 1; self <= people.size(); self++) {
            List<WantedSlot> wanted = new ArrayList<>();
            for (int number = 1; number <= people.size(); number++) {
                if (number != self) {
                    wanted.add(new WantedSlot(wanted.size(), "p_" + number, Source.CAMERA, 320, 180, 0, false));
                }
            }
            people.get(self - 1).peer.want(revision, wanted);
        }
    }

    private static Set<String> roster(long... numbers) {
        return LongStream.of(numbers).mapToObj(number -> "p_" + number).collect(Collectors.toSet());
    }

    /** Those of whom new packets came in during the last moments. */
    private static void seesAndHears(Person person, long... numbers) {
        Set<Long> expected = LongStream.of(numbers).boxed().collect(Collectors.toSet());
        eventually(() -> {
            long frames = person.peer.stats().videoFrames();
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> expected.isEmpty() || person.peer.stats().videoFrames() > frames + 20);
            assertThat(carried(person, true)).isEqualTo(expected);
            assertThat(carried(person, false)).isEqualTo(expected);
        });
    }

    /** A slot that carries nothing any more still names whom it carried last: only those that the node says are live count. */
    private static Set<Long> carried(Person person, boolean video) {
        Set<Long> listed =
                person.roster.values().stream().map(RosterEntry::csrc).collect(Collectors.toSet());
        return (video ? person.pictures() : person.voices())
                .stream().filter(listed::contains).collect(Collectors.toSet());
    }

    private static ChannelMessage.Breakouts last(Person person) {
        return person.heard.stream()
                .filter(ChannelMessage.Breakouts.class::isInstance)
                .map(ChannelMessage.Breakouts.class::cast)
                .reduce((first, second) -> second)
                .orElse(null);
    }

    private static void close(List<Person> people) {
        people.forEach(Person::close);
    }

    @Test
    void eachRoomIsAMeetingOfItsOwnAndBackInTheMainRoomEverybodyIsThere() throws Exception {
        List<Person> people = people("four");
        try {
            assertThat(people.stream().map(person -> person.port).distinct()).hasSize(2);
            watchAll(people, 1);
            for (int i = 0; i < PEOPLE; i++) {
                Person person = people.get(i);
                eventually(() -> assertThat(person.roster).hasSize(PEOPLE));
            }
            people.get(2).peer.send(new ChannelMessage.Act("hand", null, null, null, null, null));
            eventually(
                    () -> assertThat(people.getFirst().roster.get("p_3").hand()).isTrue());

            tell("four", breakouts(1, Map.of("u_1", "b_1", "u_3", "b_1", "u_2", "b_2", "u_4", "b_2")));
            for (int i = 0; i < PEOPLE; i++) {
                Person person = people.get(i);
                boolean first = i % 2 == 0;
                eventually(() -> assertThat(person.roster.keySet()).isEqualTo(first ? roster(1, 3) : roster(2, 4)));
                assertThat(last(person).room()).isEqualTo(first ? "b_1" : "b_2");
                assertThat(last(person).rooms()).hasSize(2);
                seesAndHears(person, first ? (i == 0 ? 3 : 1) : (i == 1 ? 4 : 2));
            }
            assertThat(people.getFirst().roster.get("p_3").hand())
                    .as("a hand is of its room")
                    .isFalse();

            people.get(0)
                    .peer
                    .send(new ChannelMessage.Act("reaction", "clap", null, null, null, List.of("p_3", "p_2")));
            eventually(() -> assertThat(people.get(2).heard(ChannelMessage.Act.class::isInstance))
                    .isTrue());
            node.client().act(node.lease(), "four", RoomAct.announce("Five minutes left", "p_1"));
            for (Person person : people) {
                eventually(() -> assertThat(person.heard(
                                new ChannelMessage.Announce("Five minutes left", "p_1", "Person 1")::equals))
                        .isTrue());
            }
            assertThat(people.get(1)
                            .heard(message ->
                                    message instanceof ChannelMessage.Act act && "clap".equals(act.reaction())))
                    .as("a reaction is of its room")
                    .isFalse();

            tell("four", none(2));
            for (int i = 0; i < PEOPLE; i++) {
                Person person = people.get(i);
                eventually(() -> assertThat(person.roster.keySet()).isEqualTo(roster(1, 2, 3, 4)));
                assertThat(last(person).rooms()).isEmpty();
                long self = i + 1;
                seesAndHears(
                        person,
                        LongStream.rangeClosed(1, PEOPLE)
                                .filter(number -> number != self)
                                .toArray());
                assertThat(person.closed).isEmpty();
                assertThat(person.heard(ChannelMessage.End.class::isInstance)).isFalse();
            }
        } finally {
            close(people);
        }
    }

    @Test
    void whoComesBackIsInTheirRoomAlsoOnANodeThatKnowsNothing() throws Exception {
        Breakouts hers = breakouts(7, Map.of("u_3", "b_2"));
        Breakouts his = breakouts(7, Map.of("u_4", "b_2"));
        try (Person two = new Person(node, "again", 2, 3, 3, breakouts(7, Map.of()));
                Person three = new Person(node, "again", 3, 3, 3, hers)) {
            Person four = new Person(node, "again", 4, 3, 3, his);
            eventually(() -> assertThat(three.roster.keySet()).isEqualTo(roster(3, 4)));
            eventually(() -> assertThat(two.roster.keySet()).isEqualTo(roster(2)));
            eventually(() -> assertThat(last(four)).isNotNull());
            assertThat(last(four).room()).isEqualTo("b_2");
            assertThat(last(two).room()).isNull();
            four.close();
            eventually(() -> assertThat(three.roster.keySet()).isEqualTo(roster(3)));
            // The node remembers, whatever an offer says that was read before.
            try (Person again = new Person(node, "again", 4, 3, 3, breakouts(6, Map.of()))) {
                eventually(() -> assertThat(again.roster.keySet()).isEqualTo(roster(3, 4)));
                // Two sessions of one person are never in two rooms.
                try (Person third = new Person(node, "again", 4, 3, 3, breakouts(8, Map.of("u_4", "b_1")))) {
                    eventually(() -> assertThat(third.roster.keySet()).isEqualTo(roster(4)));
                    eventually(() -> assertThat(three.roster.keySet()).isEqualTo(roster(3)));
                    eventually(() -> assertThat(again.heard(new ChannelMessage.End("replaced", null)::equals))
                            .isTrue());
                }
            }
        }
    }

    @Test
    void whenTheCountdownEndsEverybodyIsBack() throws Exception {
        List<Person> people = people("countdown");
        try {
            Map<String, String> places = Map.of("u_1", "b_1", "u_2", "b_1", "u_3", "b_2");
            tell("countdown", breakouts(1, places));
            eventually(() -> assertThat(people.get(3).roster.keySet()).isEqualTo(roster(4)));
            tell("countdown", new Breakouts(2, ROOMS, false, 3_000L, places));
            eventually(() -> assertThat(last(people.getFirst()).closesIn()).isBetween(0L, 3_000L));
            for (Person person : people) {
                eventually(() -> assertThat(person.roster).hasSize(PEOPLE));
                assertThat(last(person).rooms()).isEmpty();
                assertThat(last(person).room()).isNull();
            }
        } finally {
            close(people);
        }
    }

    @Test
    void hostsActOnPeopleInWhateverRoom() throws Exception {
        List<Person> people = people("acts");
        try {
            tell("acts", breakouts(1, Map.of("u_2", "b_1", "u_3", "b_1", "u_4", "b_2")));
            eventually(() -> assertThat(people.get(1).roster.keySet()).isEqualTo(roster(2, 3)));
            node.act("acts", RoomAct.Kind.MUTE, "u_2", Source.MICROPHONE);
            eventually(() ->
                    assertThat(people.get(2).muted("p_2", Source.MICROPHONE)).isTrue());
            // The host mutes the room that they are in, which is the main one.
            node.act("acts", RoomAct.Kind.MUTE_ALL, null, Source.MICROPHONE);
            assertThat(people.get(2).muted("p_3", Source.MICROPHONE)).isFalse();
            node.act("acts", RoomAct.Kind.KICK, "u_4", null);
            eventually(() -> assertThat(people.get(3).heard(new ChannelMessage.End("kicked", "p_1")::equals))
                    .isTrue());
            node.client().act(node.lease(), "acts", RoomAct.role("u_3", "viewer", List.of(), 5, "p_1"));
            eventually(() -> assertThat(people.get(1).roster.get("p_3").role()).isEqualTo("viewer"));
            tell("acts", none(2));
            eventually(() -> assertThat(people.getFirst().roster.keySet()).isEqualTo(roster(1, 2, 3)));
            assertThat(people.getFirst().muted("p_2", Source.MICROPHONE))
                    .as("muted in a breakout, muted in the main room")
                    .isTrue();
            assertThat(people.getFirst().muted("p_3", Source.CAMERA)).isTrue();
            tell("acts", breakouts(3, Map.of("u_2", "b_1")));
            node.act("acts", RoomAct.Kind.END, null, null);
            for (Person person : people.subList(0, 3)) {
                eventually(() -> assertThat(person.heard(new ChannelMessage.End("ended", "p_1")::equals))
                        .isTrue());
            }
        } finally {
            close(people);
        }
    }

    @Test
    void howeverPeopleMoveEveryRosterIsItsRooms() throws Exception {
        List<Person> people = people("walk");
        try {
            watchAll(people, 1);
            Random random = new Random(21);
            Map<String, String> places = new HashMap<>();
            for (long revision = 1; revision <= 60; revision++) {
                String user = "u_" + (1 + random.nextInt(PEOPLE));
                int room = random.nextInt(3);
                if (room == 0) {
                    places.remove(user);
                } else {
                    places.put(user, "b_" + room);
                }
                tell("walk", breakouts(revision, places));
            }
            for (int i = 0; i < PEOPLE; i++) {
                Person person = people.get(i);
                String mine = places.getOrDefault("u_" + (i + 1), "");
                long[] together = LongStream.rangeClosed(1, PEOPLE)
                        .filter(number -> places.getOrDefault("u_" + number, "").equals(mine))
                        .toArray();
                long self = i + 1;
                eventually(() -> assertThat(person.roster.keySet()).isEqualTo(roster(together)));
                seesAndHears(
                        person,
                        LongStream.of(together).filter(number -> number != self).toArray());
                assertThat(person.closed).isEmpty();
            }
        } finally {
            close(people);
        }
    }

    @Test
    void anActWithoutItsContentIsRefused() {
        assertThatThrownBy(() -> node.client().act(node.lease(), "four", RoomAct.breakouts(null, "p_1")))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> node.client().act(node.lease(), "four", RoomAct.announce(null, "p_1")))
                .isInstanceOf(ApiException.class);
    }
}
