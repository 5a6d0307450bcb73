package dev.parley.fleet.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.contracts.media.TrackLabel;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.fleet.function.RestCaller.Reply;
import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.local.stores.Stores;
import dev.parley.node.NodeProcess;
import dev.parley.peer.Peer;
import dev.parley.peer.PeerOptions;
import dev.parley.peer.media.DemoMedia;
import dev.parley.peer.media.MediaFile;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.nodes.Admission;
import dev.parley.platform.nodes.DynamoLeases;
import dev.parley.platform.nodes.LiveRows;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real nodes that are given more packets than they are trusted with, joined through the function as wired for production. */
@Tag("component")
class OverloadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Pattern CANDIDATE = Pattern.compile("a=candidate:\\S+ 1 udp \\d+ (\\S+) (\\d+) typ host");

    /** Well above what three people make, well below what one flood makes. */
    private static final String AGENT_PACKETS = "4000";

    private static Stores stores;

    private final InstantSource clock = InstantSource.system();
    private final Settings settings = stores.settings();
    private final KeyFolder keys = KeyFolder.of(settings);
    private final RestCaller rest = new RestCaller(FleetFunction.router(settings, clock));

    @BeforeAll
    static void open() {
        stores = Stores.temporary();
    }

    @AfterAll
    static void close() {
        stores.close();
    }

    @BeforeEach
    void meetings() {
        for (String room : List.of("abc-defg-hij", "bcd-efgh-ijk", "cde-fghi-jkl", "def-ghij-klm")) {
            write(Map.of(
                    LiveRows.MEETING_ID, Items.text(room),
                    LiveRows.ITEM, Items.text(LiveRows.LIVE),
                    LiveRows.STATUS, Items.text(LiveRows.ACTIVE),
                    LiveRows.HOST_ID, Items.text("u_host"),
                    LiveRows.TITLE, Items.text("Standup"),
                    LiveRows.SETTINGS, Items.text("{}")));
        }
    }

    private static NodeProcess node(String id, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(stores.values());
        values.putAll(Map.of(
                "NODE_ID", id,
                "NODE_CONTROL_PORT", "0",
                "NODE_METRICS_PORT", "0",
                "NODE_MEDIA_PORT", "0",
                "NODE_MEDIA_BIND", "127.0.0.1",
                "NODE_AGENTS", "1",
                "NODE_AGENT_PACKETS", AGENT_PACKETS,
                "NODE_CONNECT_TIMEOUT", "PT2M"));
        values.putAll(more);
        return NodeProcess.start(Settings.of(values), line -> {});
    }

    private void write(Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item) {
        try (Dynamo dynamo = Dynamo.of(settings)) {
            dynamo.client()
                    .putItem(put ->
                            put.tableName(dynamo.name(Tables.LIVE_MEETINGS)).item(item));
        }
    }

    private Admission admission(String nodeId) {
        try (Dynamo dynamo = Dynamo.of(settings)) {
            return new DynamoLeases(dynamo, clock).find(nodeId).orElseThrow().admission();
        }
    }

    private String access(String userId) {
        return JwtIssuer.access(keys.load(KeyFolder.Name.ACCESS), clock)
                .issue(Audience.API, AccessClaims.user(userId, "s_1", 0, Role.USER, userId))
                .token();
    }

    private Reply offer(String room, String userId, int number, String sdp, List<TrackLabel> tracks) {
        String participantId = ParticipantIds.of(room, userId);
        write(Map.of(
                LiveRows.MEETING_ID, Items.text(room),
                LiveRows.ITEM, Items.text(LiveRows.PARTICIPANT + participantId),
                LiveRows.USER_ID, Items.text(userId),
                LiveRows.DISPLAY_NAME, Items.text(userId),
                LiveRows.ROLE, Items.text("participant"),
                LiveRows.STATE, Items.text(LiveRows.JOINED)));
        MediaClaims claims = new MediaClaims(
                participantId,
                userId,
                userId,
                "participant",
                number,
                0,
                Optional.empty(),
                List.of("microphone", "camera"));
        String mediaToken = JwtIssuer.media(keys.load(KeyFolder.Name.MEDIA), clock)
                .issue(Audience.room(room), claims)
                .token();
        return rest.call(
                "POST",
                "/api/v1/meetings/" + room + "/media",
                access(userId),
                Map.of("media_token", mediaToken, "sdp", sdp, "tracks", tracks));
    }

    /** Somebody in a meeting, with the description their browser offered. */
    private final class Person implements Peer.Listener, AutoCloseable {
        private final Peer peer;
        private String offered = "";
        private List<TrackLabel> tracks = List.of();
        private Reply reply;
        private volatile boolean connected;
        private volatile String closed = "";

        Person(String room, String userId, int number) throws Exception {
            peer = Peer.join(
                    PeerOptions.defaults().withSlots(3, 4),
                    media(),
                    (sdp, labels) -> {
                        offered = sdp;
                        tracks = labels;
                        reply = offer(room, userId, number, sdp, labels);
                        if (reply.status() != 200) {
                            throw new IOException(reply.error());
                        }
                        return reply.data().path("sdp").asString();
                    },
                    this);
            await().atMost(PATIENCE).until(() -> connected);
        }

        @Override
        public void connected(Peer connectedPeer) {
            connected = true;
        }

        @Override
        public void closed(Peer from, String why) {
            closed = why.isEmpty() ? "closed" : why;
        }

        /** Sound of the others still comes. */
        void hearsOn() {
            long before = peer.stats().audioPackets();
            await().atMost(PATIENCE).until(() -> peer.stats().audioPackets() > before + 50);
            assertThat(closed).isEmpty();
        }

        InetSocketAddress node() {
            Matcher candidate = CANDIDATE.matcher(reply.data().path("sdp").asString());
            assertThat(candidate.find()).isTrue();
            return new InetSocketAddress(candidate.group(1), Integer.parseInt(candidate.group(2)));
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    /** Datagrams of nobody at an agent's port, from its beginning until it is closed. */
    private static final class Flood implements AutoCloseable {
        private final Thread thread;
        private volatile boolean running = true;

        Flood(InetSocketAddress to) {
            thread = Thread.ofPlatform().name("flood").unstarted(() -> run(to));
        }

        void begin() {
            thread.start();
        }

        private void run(InetSocketAddress to) {
            ByteBuffer nothing = ByteBuffer.allocateDirect(64);
            nothing.put(0, (byte) 0xFF);
            try (DatagramChannel channel = DatagramChannel.open()) {
                while (running) {
                    for (int i = 0; i < 100; i++) {
                        channel.send(nothing.clear(), to);
                    }
                    LockSupport.parkNanos(5_000_000);
                }
            } catch (IOException e) {
                throw new IllegalStateException("the flood ran dry", e);
            }
        }

        @Override
        public void close() {
            running = false;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Frames that look like VP8 and Opus from outside. */
    private static DemoMedia.Person media() {
        List<MediaFile> layers = new ArrayList<>();
        for (int size : new int[] {300, 600, 1000}) {
            List<MediaFile.Frame> frames = new ArrayList<>();
            for (int i = 0; i < 250; i++) {
                byte[] data = new byte[size];
                data[0] = (byte) (i % 25 == 0 ? 0x10 : 0x11);
                frames.add(new MediaFile.Frame(i % 25 == 0, 127, data));
            }
            layers.add(new MediaFile(MediaFile.Codec.VP8, 320, 180, 90_000, 3_600, frames));
        }
        List<MediaFile.Frame> voice = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            voice.add(new MediaFile.Frame(true, 30, new byte[40]));
        }
        return new DemoMedia.Person("Ana", layers, new MediaFile(MediaFile.Codec.OPUS, 0, 0, 48_000, 960, voice));
    }

    private static String metrics(NodeProcess node) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + node.metricsAddress().getPort() + "/metrics");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static void assertFull(Reply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.error()).isEqualTo("fleet.full");
        assertThat(reply.header("Retry-After")).matches("[1-9]");
        assertThat(reply.body().path("message").asString()).contains("full", "try again");
    }

    @Test
    void aFullNodeRefusesNewcomersServesWhoIsInAndOpensAgain() throws Exception {
        String room = "abc-defg-hij";
        try (NodeProcess node = node("node-full", Map.of());
                Person ana = new Person(room, "u_ana", 1);
                Person ben = new Person(room, "u_ben", 2)) {
            Reply dora = offer(room, "u_dora", 4, ana.offered, ana.tracks);
            assertThat(dora.status()).isEqualTo(200);
            assertThat(admission("node-full")).isEqualTo(Admission.OPEN);
            ana.hearsOn();

            try (Flood flood = new Flood(ana.node())) {
                flood.begin();
                await().atMost(PATIENCE).until(() -> admission("node-full") == Admission.FULL);
                assertThat(metrics(node)).contains("parley_overload_state 2\n");

                // Nobody new, neither here nor in another meeting.
                assertFull(offer(room, "u_carl", 3, ana.offered, ana.tracks));
                assertFull(offer("bcd-efgh-ijk", "u_carl", 3, ana.offered, ana.tracks));

                // Who is in hears on, restarts ICE, and may come again.
                ana.hearsOn();
                String session = dora.data().path("session_id").asString();
                Reply restarted = rest.call(
                        "PUT",
                        "/api/v1/meetings/" + room + "/media/" + session,
                        access("u_dora"),
                        Map.of("sdp", ana.offered));
                assertThat(restarted.status()).isEqualTo(200);
                assertThat(restarted.data().path("sdp").asString())
                        .isNotEqualTo(dora.data().path("sdp").asString());
                try (Person again = new Person(room, "u_ben", 2)) {
                    again.hearsOn();
                    ana.hearsOn();
                    await().atMost(PATIENCE).until(() -> !ben.closed.isEmpty());
                }
                assertThat(admission("node-full")).isEqualTo(Admission.FULL);
            }

            await().atMost(PATIENCE)
                    .until(() ->
                            offer(room, "u_carl", 3, ana.offered, ana.tracks).status() == 200);
            await().atMost(PATIENCE)
                    .until(() -> offer("bcd-efgh-ijk", "u_carl", 3, ana.offered, ana.tracks)
                                    .status()
                            == 200);
            assertThat(metrics(node)).contains("parley_overload_state 0\n");
            try (Person eve = new Person(room, "u_eve", 5)) {
                eve.hearsOn();
                ana.hearsOn();
            }
        }
    }

    @Test
    void aGuardedNodeLetsPeopleIntoItsRoomsAndSendsNewRoomsElsewhere() throws Exception {
        String room = "cde-fghi-jkl";
        try (NodeProcess node = node("node-guarded", Map.of("NODE_FULL_AT", "100"));
                Person ana = new Person(room, "u_ana", 1);
                Flood flood = new Flood(ana.node())) {
            flood.begin();
            await().atMost(PATIENCE).until(() -> metrics(node).contains("parley_overload_state 1\n"));
            try (Person ben = new Person(room, "u_ben", 2)) {
                ben.hearsOn();
            }
            await().atMost(PATIENCE).until(() -> admission("node-guarded") == Admission.GUARDED);
            assertFull(offer("def-ghij-klm", "u_carl", 3, ana.offered, ana.tracks));

            try (NodeProcess other = node("node-open", Map.of())) {
                Reply elsewhere = offer("def-ghij-klm", "u_carl", 3, ana.offered, ana.tracks);
                assertThat(elsewhere.data().path("node_id").asString()).isEqualTo("node-open");
                assertThat(metrics(other)).contains("parley_overload_state 0\n");
            }
            assertThat(ana.closed).isEmpty();
        }
    }
}
