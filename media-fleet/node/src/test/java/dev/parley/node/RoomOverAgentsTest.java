package dev.parley.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.ChannelMessage.WantedSlot;
import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.media.TrackLabel;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.contracts.node.RoomAct;
import dev.parley.node.agents.NothingBlocksAgents;
import dev.parley.rtp.fuzz.Fuzz;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** A room that is larger than one agent takes: its people are on several agents, and see and hear each other as on one. */
@Tag("component")
@ExtendWith(NothingBlocksAgents.class)
class RoomOverAgentsTest {
    private static final int PEOPLE = 6;

    @TempDir
    static Path folder;

    private static NodeUnderTest node;

    @BeforeAll
    static void start() {
        node = new NodeUnderTest(folder, Map.of("NODE_AGENTS", "3", "NODE_ROOM_AGENT_PARTICIPANTS", "2"), line -> {});
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(assertion);
    }

    private static Person person(String room, int number) throws Exception {
        return new Person(node, room, number, PEOPLE - 1, PEOPLE - 1);
    }

    private static void watchAll(Person viewer, int self, long revision) {
        List<WantedSlot> wanted = new ArrayList<>();
        for (int number = 1; number <= PEOPLE; number++) {
            if (number != self) {
                wanted.add(new WantedSlot(wanted.size(), "p_" + number, Source.CAMERA, 320, 180, 0, false));
            }
        }
        viewer.peer.want(revision, wanted);
    }

    private static Set<Long> allBut(int number) {
        return LongStream.rangeClosed(1, PEOPLE)
                .filter(each -> each != number)
                .boxed()
                .collect(Collectors.toSet());
    }

    /** A sum over all agents. */
    private static double metric(String name) throws Exception {
        URI metrics =
                URI.create("http://127.0.0.1:" + node.process().metricsAddress().getPort() + "/metrics");
        try (HttpClient http = HttpClient.newHttpClient()) {
            String text = http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            return text.lines()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    @Test
    void sixPeopleOnThreeAgentsAllSeeAndHearAll() throws Exception {
        List<Person> people = new ArrayList<>();
        try {
            for (int number = 1; number <= PEOPLE; number++) {
                people.add(person("six", number));
            }
            Map<Integer, Long> ports =
                    people.stream().collect(Collectors.groupingBy(each -> each.port, Collectors.counting()));
            assertThat(ports)
                    .hasSize(3)
                    .allSatisfy((port, count) -> assertThat(count).isEqualTo(2));
            assertThat(metric("parley_node_spread_rooms")).isEqualTo(1);
            assertThat(metric("parley_agent_rooms")).isEqualTo(3);

            for (int number = 1; number <= PEOPLE; number++) {
                watchAll(people.get(number - 1), number, 1);
            }
            for (int number = 1; number <= PEOPLE; number++) {
                Person viewer = people.get(number - 1);
                Set<Long> others = allBut(number);
                eventually(() -> assertThat(viewer.pictures()).isEqualTo(others));
                eventually(() -> assertThat(viewer.voices()).isEqualTo(others));
                eventually(() -> assertThat(viewer.roster).hasSize(PEOPLE));
                long frames = viewer.peer.stats().videoFrames();
                eventually(() -> assertThat(viewer.peer.stats().videoFrames()).isGreaterThan(frames + 50));
            }
            assertThat(metric("parley_relay_packets_in_total")).isPositive();
            assertThat(metric("parley_relay_dropped_total")).isZero();

            someoneIsMutedLeavesAndComesBack(people);
        } finally {
            people.forEach(Person::close);
        }
        node.act("six", RoomAct.Kind.END, null, null);
        eventually(() -> assertThat(metric("parley_agent_rooms")).isZero());
        assertThat(metric("parley_node_spread_rooms")).isZero();
    }

    private static void someoneIsMutedLeavesAndComesBack(List<Person> people) throws Exception {
        Person watcher = people.getFirst();
        Person last = people.getLast();
        assertThat(last.port).as("on another agent").isNotEqualTo(watcher.port);
        node.act("six", RoomAct.Kind.MUTE, "u_6", Source.CAMERA);
        eventually(() -> assertThat(watcher.heard(message -> message instanceof ChannelMessage.Slots slots
                        && slots.slots().stream()
                                .anyMatch(slot -> "p_6".equals(slot.participant()) && "muted".equals(slot.why()))))
                .isTrue());
        last.leave();
        eventually(() -> assertThat(watcher.roster).hasSize(PEOPLE - 1));
        watcher.heard.clear();
        people.set(PEOPLE - 1, person("six", PEOPLE));
        watchAll(watcher, 1, 2);
        eventually(() -> assertThat(watcher.heard(message -> message instanceof ChannelMessage.Slots slots
                        && slots.slots().stream()
                                .anyMatch(slot -> "p_6".equals(slot.participant()) && "live".equals(slot.state()))))
                .isTrue());
    }

    @Test
    void anIceRestartStaysOnItsAgent() {
        String sdp = Fuzz.text(NodeProcessTest.class, "/sdp/chromium-offer.sdp");
        List<TrackLabel> tracks = List.of(new TrackLabel("0", Source.MICROPHONE), new TrackLabel("1", Source.CAMERA));
        try {
            List<MediaAnswer> answers = new ArrayList<>();
            for (int number = 1; number <= 3; number++) {
                answers.add(node.open("restart", number, sdp, tracks));
            }
            List<Integer> ports =
                    answers.stream().map(answer -> Person.portOf(answer.sdp())).toList();
            assertThat(ports.get(1)).isEqualTo(ports.get(0));
            assertThat(ports.get(2)).isNotEqualTo(ports.get(0));
            for (int number = 1; number <= 3; number++) {
                MediaAnswer again = node.client()
                        .restart(
                                node.lease(),
                                "restart",
                                answers.get(number - 1).sessionId(),
                                new NodeRestart("p_" + number, 1, sdp, List.of()));
                assertThat(Person.portOf(again.sdp())).isEqualTo(ports.get(number - 1));
            }
        } finally {
            node.act("restart", RoomAct.Kind.END, null, null);
        }
    }

    @Test
    void whoMakesANewExchangeStaysOnTheAgentAndReplacesTheOldOne() throws Exception {
        try (Person one = person("again", 1);
                Person two = person("again", 2);
                Person three = person("again", 3);
                Person after = person("again", 2)) {
            assertThat(two.port).isEqualTo(one.port);
            assertThat(three.port).isNotEqualTo(one.port);
            assertThat(after.port).isEqualTo(two.port);
            eventually(() -> assertThat(two.heard(new ChannelMessage.End("replaced", null)::equals))
                    .isTrue());
            three.watch(2);
            eventually(() -> assertThat(three.carriedBy(0)).isEqualTo(2));
        } finally {
            node.act("again", RoomAct.Kind.END, null, null);
        }
    }
}
