package dev.parley.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.contracts.Wire;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.ApiException;
import dev.parley.node.agents.NothingBlocksAgents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Headless participants meet on a whole node: real ICE, DTLS, SRTP, SCTP, slots and the words of the data channel. */
@Tag("component")
@ExtendWith(NothingBlocksAgents.class)
class MeetingOnANodeTest {
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

    private static Person person(String room, int number) throws Exception {
        return new Person(node, room, number);
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }

    @Test
    void threePeopleSeeHearAndKnowEachOther() throws Exception {
        try (Person one = person("three", 1);
                Person two = person("three", 2);
                Person three = person("three", 3)) {
            for (Person person : List.of(one, two, three)) {
                eventually(() -> assertThat(person.roster).containsOnlyKeys("p_1", "p_2", "p_3"));
                assertThat(person.heard.stream()
                                .filter(ChannelMessage.Roster.class::isInstance)
                                .findFirst())
                        .get()
                        .matches(first -> ((ChannelMessage.Roster) first).full());
            }
            assertThat(one.roster.get("p_2").name()).isEqualTo("Person 2");
            assertThat(one.roster.get("p_1").role()).isEqualTo("host");

            one.watch(3);
            eventually(() -> assertThat(one.carriedBy(0)).isEqualTo(3));
            eventually(() -> assertThat(one.heard(message -> message instanceof ChannelMessage.Slots slots
                            && slots.rev() == 3
                            && slots.slots().stream()
                                    .anyMatch(slot -> "p_3".equals(slot.participant())
                                            && slot.state().equals("live"))))
                    .isTrue());
            one.watch(2);
            eventually(() -> assertThat(one.carriedBy(0)).isEqualTo(2));
            eventually(() -> assertThat(one.peer.stats().audioPackets()).isGreaterThan(50));
            eventually(() -> assertThat(one.heard(message -> message instanceof ChannelMessage.Voices voices
                            && voices.voices().size() == 2))
                    .isTrue());
            eventually(() -> assertThat(one.heard(ChannelMessage.Quality.class::isInstance))
                    .isTrue());

            three.leave();
            eventually(() -> assertThat(one.roster).containsOnlyKeys("p_1", "p_2"));
        }
    }

    @Test
    void muteHandsAndWordsReachTheOthers() throws Exception {
        try (Person one = person("words", 1);
                Person two = person("words", 2)) {
            eventually(() -> assertThat(one.roster).hasSize(2));
            two.peer.mute(Source.MICROPHONE, false);
            eventually(() -> assertThat(one.muted("p_2", Source.MICROPHONE)).isFalse());
            two.peer.mute(Source.MICROPHONE, true);
            eventually(() -> assertThat(one.muted("p_2", Source.MICROPHONE)).isTrue());

            two.peer.send(new ChannelMessage.Act("hand", null, null, null, "p_9", null));
            eventually(() -> assertThat(one.roster.get("p_2").hand()).isTrue());
            assertThat(one.heard(message -> message instanceof ChannelMessage.Act act
                            && act.act().equals("hand")
                            && act.from().equals("p_2")))
                    .isTrue();
            // A host lowers it; a participant could not.
            two.peer.send(new ChannelMessage.Act("lower", null, null, null, null, List.of("p_1")));
            one.peer.send(new ChannelMessage.Act("lower", null, null, null, null, List.of("p_2")));
            eventually(() -> assertThat(one.roster.get("p_2").hand()).isFalse());

            one.peer.send(new ChannelMessage.Ping(77));
            eventually(() ->
                    assertThat(one.heard(new ChannelMessage.Pong(77)::equals)).isTrue());
        }
    }

    @Test
    void oneWhoShoutsIsNotPassedOnWithoutEnd() throws Exception {
        try (Person one = person("shouts", 1);
                Person two = person("shouts", 2)) {
            eventually(() -> assertThat(one.roster).hasSize(2));
            for (int i = 0; i < 60; i++) {
                two.peer.send(new ChannelMessage.Act(
                        "app", null, "noise", Wire.json().valueToTree("x".repeat(15_000)), null, null));
            }
            two.peer.send(new ChannelMessage.Ping(5));
            eventually(() ->
                    assertThat(two.heard(new ChannelMessage.Pong(5)::equals)).isTrue());
            one.peer.send(new ChannelMessage.Ping(6));
            eventually(() ->
                    assertThat(one.heard(new ChannelMessage.Pong(6)::equals)).isTrue());

            assertThat(one.heard.stream().filter(message -> message instanceof ChannelMessage.Act))
                    .hasSizeBetween(10, 30);
        }
    }

    @Test
    void aHostMutesOneAndAllAndAsksToSpeak() throws Exception {
        try (Person one = person("host", 1);
                Person two = person("host", 2)) {
            eventually(() -> assertThat(one.roster).hasSize(2));
            two.peer.mute(Source.MICROPHONE, true);
            eventually(() -> assertThat(one.muted("p_2", Source.MICROPHONE)).isTrue());
            two.peer.mute(Source.MICROPHONE, false);
            eventually(() -> assertThat(one.muted("p_2", Source.MICROPHONE)).isFalse());
            node.act("host", RoomAct.Kind.MUTE, "u_2", Source.MICROPHONE);
            eventually(() -> assertThat(two.heard(new ChannelMessage.Muted(Source.MICROPHONE, true, "p_1")::equals))
                    .isTrue());
            eventually(() -> assertThat(one.muted("p_2", Source.MICROPHONE)).isTrue());
            node.act("host", RoomAct.Kind.UNMUTE_REQUEST, "u_2", Source.MICROPHONE);
            eventually(() -> assertThat(two.heard(new ChannelMessage.Muted(Source.MICROPHONE, false, "p_1")::equals))
                    .isTrue());
            node.act("host", RoomAct.Kind.MUTE_ALL, null, Source.CAMERA);
            eventually(() -> assertThat(two.heard(new ChannelMessage.Muted(Source.CAMERA, true, "p_1")::equals))
                    .isTrue());
            assertThat(one.heard(new ChannelMessage.Muted(Source.CAMERA, true, "p_1")::equals))
                    .isFalse();
        }
    }

    @Test
    void theKickedIsToldAndCutOffAndStaysOut() throws Exception {
        try (Person one = person("kick", 1);
                Person two = person("kick", 2)) {
            eventually(() -> assertThat(one.roster).hasSize(2));
            node.act("kick", RoomAct.Kind.KICK, "u_2", null);
            eventually(() -> assertThat(two.heard(new ChannelMessage.End("kicked", "p_1")::equals))
                    .isTrue());
            eventually(() -> assertThat(one.roster).containsOnlyKeys("p_1"));
            assertThatThrownBy(() -> person("kick", 2))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            refusal -> assertThat(refusal.error().code()).isEqualTo("media.not_admitted"));
            assertThat(one.closed).isEmpty();
            node.act("kick", RoomAct.Kind.END, null, null);
            eventually(() -> assertThat(one.heard(new ChannelMessage.End("ended", "p_1")::equals))
                    .isTrue());
        }
    }

    @Test
    void whoLeavesIsCutOffAndMayComeBack() throws Exception {
        try (Person one = person("leave", 1);
                Person two = person("leave", 2)) {
            eventually(() -> assertThat(one.roster).hasSize(2));
            node.client().act(node.lease(), "leave", new RoomAct(RoomAct.Kind.LEAVE, "u_2", null, null, 0, "p_2"));
            eventually(() -> assertThat(two.heard(new ChannelMessage.End("left", "p_2")::equals))
                    .isTrue());
            eventually(() -> assertThat(one.roster).containsOnlyKeys("p_1"));
            assertThat(one.closed).isEmpty();
            try (Person again = person("leave", 2)) {
                eventually(() -> assertThat(again.roster).containsOnlyKeys("p_1", "p_2"));
            }
        }
    }

    @Test
    void aNewSessionOfTheSameParticipantReplacesTheOld() throws Exception {
        try (Person watcher = person("again", 1);
                Person before = person("again", 2);
                Person after = person("again", 2)) {
            eventually(() -> assertThat(before.heard(new ChannelMessage.End("replaced", null)::equals))
                    .isTrue());
            eventually(() -> assertThat(after.roster).containsOnlyKeys("p_1", "p_2"));
            watcher.watch(2);
            eventually(() -> assertThat(watcher.carriedBy(0)).isEqualTo(2));
            assertThat(watcher.heard(message -> message instanceof ChannelMessage.Roster roster
                            && roster.remove() != null
                            && roster.remove().contains("p_2")))
                    .isFalse();
        }
    }
}
