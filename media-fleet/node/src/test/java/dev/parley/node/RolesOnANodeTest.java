package dev.parley.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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

/** A role takes and gives the right to send at once, over one and the same exchange. */
@Tag("component")
@ExtendWith(NothingBlocksAgents.class)
class RolesOnANodeTest {
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

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }

    private static void role(String room, String role, long admission, Source... publish) {
        node.client().act(node.lease(), room, RoomAct.role("u_2", role, List.of(publish), admission, "p_1"));
    }

    @Test
    void aViewerIsNeitherSeenNorHeardUntilMadeAParticipantAndNotAfterwards() throws Exception {
        role("roles", "viewer", 2);
        try (Person one = new Person(node, "roles", 1);
                Person three = new Person(node, "roles", 3);
                // The token is from before the act and says that everything may be sent.
                Person two = new Person(node, "roles", 2)) {
            eventually(() -> assertThat(one.roster).containsOnlyKeys("p_1", "p_2", "p_3"));
            eventually(() -> assertThat(three.roster).hasSize(3));
            assertThat(one.roster.get("p_2").role()).isEqualTo("viewer");
            assertThat(one.roster.get("p_2").sources()).isNotEmpty().allMatch(ChannelMessage.SourceState::muted);
            two.peer.mute(Source.CAMERA, false);
            eventually(() -> assertThat(two.heard(new ChannelMessage.Muted(Source.CAMERA, true, null)::equals))
                    .isTrue());
            one.watch(2);
            eventually(
                    () -> assertThat(one.heard(RolesOnANodeTest::says2IsMuted)).isTrue());
            eventually(() -> assertThat(one.voices()).contains(3L));
            assertThat(one.voices()).doesNotContain(2L);
            assertThat(one.pictures()).doesNotContain(2L);

            role("roles", "participant", 3, Source.MICROPHONE, Source.CAMERA);
            eventually(() -> assertThat(one.roster.get("p_2").role()).isEqualTo("participant"));
            // Whoever may speak is not heard before they want to be.
            assertThat(one.muted("p_2", Source.CAMERA)).isTrue();
            two.peer.mute(Source.CAMERA, false);
            two.peer.mute(Source.MICROPHONE, false);
            eventually(() -> assertThat(one.carriedBy(0)).isEqualTo(2));
            eventually(() -> assertThat(one.voices()).contains(2L));
            assertThat(two.closed).isEmpty();

            two.heard.clear();
            role("roles", "viewer", 4);
            eventually(() -> assertThat(two.heard(new ChannelMessage.Muted(Source.CAMERA, true, "p_1")::equals))
                    .isTrue());
            eventually(() -> assertThat(one.roster.get("p_2").sources())
                    .isNotEmpty()
                    .allMatch(ChannelMessage.SourceState::muted));
            assertThat(one.roster.get("p_2").role()).isEqualTo("viewer");
            // What comes late and is from before changes nothing.
            role("roles", "co-host", 3, Source.MICROPHONE, Source.CAMERA);
            two.peer.mute(Source.CAMERA, false);
            eventually(() -> assertThat(two.heard(new ChannelMessage.Muted(Source.CAMERA, true, null)::equals))
                    .isTrue());
            assertThat(one.muted("p_2", Source.CAMERA)).isTrue();
        }
    }

    @Test
    void aCoHostLowersHandsAndIsNotMutedWithEverybody() throws Exception {
        try (Person one = new Person(node, "helps", 1);
                Person two = new Person(node, "helps", 2);
                Person three = new Person(node, "helps", 3)) {
            eventually(() -> assertThat(one.roster).hasSize(3));
            role("helps", "co-host", 2, Source.MICROPHONE, Source.CAMERA);
            eventually(() -> assertThat(one.roster.get("p_2").role()).isEqualTo("co-host"));
            three.peer.send(new ChannelMessage.Act("hand", null, null, null, null, null));
            eventually(() -> assertThat(two.roster.get("p_3").hand()).isTrue());
            two.peer.send(new ChannelMessage.Act("lower", null, null, null, null, List.of("p_3")));
            eventually(() -> assertThat(two.roster.get("p_3").hand()).isFalse());
            node.act("helps", RoomAct.Kind.MUTE_ALL, null, Source.MICROPHONE);
            eventually(() -> assertThat(three.heard(new ChannelMessage.Muted(Source.MICROPHONE, true, "p_1")::equals))
                    .isTrue());
            assertThat(two.heard(new ChannelMessage.Muted(Source.MICROPHONE, true, "p_1")::equals))
                    .isFalse();
        }
    }

    @Test
    void aRoleWithoutAWordOrAPersonIsRefused() {
        assertThatThrownBy(
                        () -> node.client().act(node.lease(), "none", RoomAct.role("u_2", null, List.of(), 1, "p_1")))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() ->
                        node.client().act(node.lease(), "none", RoomAct.role(null, "viewer", List.of(), 1, "p_1")))
                .isInstanceOf(ApiException.class);
    }

    private static boolean says2IsMuted(ChannelMessage message) {
        return message instanceof ChannelMessage.Slots slots
                && slots.slots().stream()
                        .anyMatch(slot -> "p_2".equals(slot.participant()) && "muted".equals(slot.why()));
    }
}
