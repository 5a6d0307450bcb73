package dev.parley.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.peer.rtc.EchoNode;
import dev.parley.peer.rtc.PeerMeetsEchoNodeTest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("component")
class DemoPersonComesBackTest {
    private static final String MEETING = "abc-defg-hij";

    private final List<EchoNode> nodes = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();

    private Object join() {
        return Map.of(
                "meeting_id",
                MEETING,
                "room_id",
                MEETING,
                "participant_id",
                "p_self",
                "csrc",
                1,
                "role",
                "guest",
                "media_token",
                "mt",
                "slots",
                Map.of("audio", 1, "video", 1));
    }

    private Object exchange(String sdp) throws IOException {
        EchoNode node = new EchoNode();
        nodes.add(node);
        return Map.of("sdp", node.answer(sdp, List.of()), "session_id", "ms_1", "node_id", "n", "placement_epoch", 1);
    }

    @Test
    void aPersonWaitsInTheLobbyReturnsAfterADropAndLeavesWhenTold() throws Exception {
        AtomicInteger joins = new AtomicInteger();
        try (FakeApi fake = new FakeApi()
                .on(
                        "POST /meetings/" + MEETING + "/join",
                        body -> joins.getAndIncrement() == 0
                                ? Map.of("state", "waiting", "participant_id", "p_self")
                                : join())
                .on(
                        "POST /meetings/" + MEETING + "/media",
                        body -> exchange(body.path("sdp").asString()))
                .on("POST /meetings/" + MEETING + "/leave", body -> Map.of())) {
            DemoPerson person = new DemoPerson(
                    new ParleyApi(fake.url()),
                    MEETING,
                    PeerMeetsEchoNodeTest.person(),
                    () -> "token",
                    PeerOptions.defaults(),
                    said::add);
            Thread thread = Thread.ofPlatform().start(person);
            await().atMost(30, TimeUnit.SECONDS).until(() -> said.contains("Ana: is in the meeting"));
            assertThat(said).contains("Ana: waiting in the lobby");

            nodes.getFirst().end("moved");
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> said.stream()
                                    .filter("Ana: is in the meeting"::equals)
                                    .count()
                            == 2);
            assertThat(person.figures()).startsWith("Ana: sent ");

            person.leave();
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
            assertThat(fake.asked).contains("POST /meetings/" + MEETING + "/leave");
            assertThat(nodes).hasSize(2);
        } finally {
            nodes.forEach(EchoNode::close);
        }
    }

    @Test
    void aPersonWhoWasSentAwayStaysAway() throws Exception {
        try (FakeApi fake = new FakeApi().on("POST /meetings/" + MEETING + "/join", body -> {
            throw new FakeApi.Refusal(403, "meeting.banned");
        })) {
            DemoPerson person = new DemoPerson(
                    new ParleyApi(fake.url()),
                    MEETING,
                    PeerMeetsEchoNodeTest.person(),
                    () -> "token",
                    PeerOptions.defaults(),
                    said::add);
            Thread thread = Thread.ofPlatform().start(person);
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
            assertThat(said).singleElement().asString().contains("meeting.banned");
        }
    }
}
