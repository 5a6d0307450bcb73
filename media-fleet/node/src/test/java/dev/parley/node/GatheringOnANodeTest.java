package dev.parley.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.contracts.media.ChannelMessage.Gather;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.ApiException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people who send to each other alone are told when what they send is needed at the node. */
@Tag("component")
class GatheringOnANodeTest {
    @TempDir
    static Path folder;

    private static NodeUnderTest node;

    @BeforeAll
    static void start() {
        node = new NodeUnderTest(folder, Map.of("NODE_AGENTS", "1"), line -> {});
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void tell(String room, RoomAct act) {
        node.client().act(node.lease(), room, act);
    }

    private static List<Gather> told(Person person) {
        return person.heard.stream()
                .filter(Gather.class::isInstance)
                .map(Gather.class::cast)
                .toList();
    }

    private static void hears(Person person, Gather... gathers) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(told(person)).containsExactly(gathers));
    }

    @Test
    void whoIsInAndWhoComesLaterIsTold() throws Exception {
        Gather on = new Gather(true, "recording");
        Gather off = new Gather(false, null);
        try (Person one = new Person(node, "recorded", 1)) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(one.roster).hasSize(1));
            tell("recorded", RoomAct.gather("recording"));
            hears(one, on);
            try (Person two = new Person(node, "recorded", 2)) {
                hears(two, on);
                tell("recorded", RoomAct.gather("ai"));
                tell("recorded", RoomAct.scatter("recording"));
                tell("recorded", RoomAct.scatter("ai"));
                hears(one, on, off);
                hears(two, on, off);
            }
        }
    }

    @Test
    void aRecordingThatBeginsBeforeAnybodyCameIsToldToTheFirst() throws Exception {
        tell("early", RoomAct.gather("recording"));
        try (Person one = new Person(node, "early", 1)) {
            hears(one, new Gather(true, "recording"));
        }
    }

    @Test
    void anActThatDoesNotSayWhoNeedsItIsRefused() {
        for (String why : new String[] {null, " ", "x".repeat(33)}) {
            assertThatThrownBy(() -> tell("none", RoomAct.gather(why))).isInstanceOf(ApiException.class);
            assertThatThrownBy(() -> tell("none", RoomAct.scatter(why))).isInstanceOf(ApiException.class);
        }
    }
}
