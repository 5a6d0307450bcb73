package dev.parley.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.media.TrackLabel;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.ApiException;
import dev.parley.local.stores.Stores;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.nodes.DynamoDoors;
import dev.parley.platform.nodes.DynamoPlacements;
import dev.parley.platform.nodes.LiveRows;
import dev.parley.platform.nodes.Seat;
import dev.parley.rtp.fuzz.Fuzz;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A whole node with a real table: whoever vanishes from a room loses the seat in its meeting. */
@Tag("component")
class NodeSeatsTest {
    private static final String ROOM = "abc-defg-hij";
    private static final List<TrackLabel> TRACKS =
            List.of(new TrackLabel("0", Source.MICROPHONE), new TrackLabel("1", Source.CAMERA));

    private static final String OFFER = Fuzz.text(NodeProcessTest.class, "/sdp/chromium-offer.sdp");

    private final Stores stores = Stores.temporary();
    private final Dynamo dynamo = Dynamo.of(stores.settings());
    private final DynamoDoors doors = new DynamoDoors(dynamo);
    private NodeUnderTest node;

    @TempDir
    private Path keys;

    private void start(String connectTimeout) {
        Map<String, String> values = new HashMap<>(stores.values());
        values.putAll(Map.of(
                "KEYS_URI", keys.toUri().toString(),
                "NODE_LEASE", "on",
                "NODE_AGENTS", "1",
                "NODE_CONNECT_TIMEOUT", connectTimeout,
                "NODE_SEAT_GRACE", "1"));
        node = new NodeUnderTest(keys, values, line -> {});
        new DynamoPlacements(dynamo, InstantSource.system()).claim(ROOM, Optional.empty(), "node-1");
        put(
                LiveRows.LIVE,
                Map.of(
                        LiveRows.STATUS, Items.text(LiveRows.ACTIVE),
                        LiveRows.SEATS_TAKEN, Items.number(2)));
        seat("p_1");
        seat("p_2");
    }

    @AfterEach
    void stop() {
        node.close();
        dynamo.close();
        stores.close();
    }

    private void seat(String participantId) {
        put(
                LiveRows.PARTICIPANT + participantId,
                Map.of(LiveRows.STATE, Items.text(LiveRows.JOINED), LiveRows.REVISION, Items.number(1)));
    }

    private void put(String item, Map<String, AttributeValue> values) {
        Map<String, AttributeValue> row = new HashMap<>(values);
        row.put(LiveRows.MEETING_ID, Items.text(ROOM));
        row.put(LiveRows.ITEM, Items.text(item));
        dynamo.call(client -> client.putItem(
                put -> put.tableName(dynamo.name(Tables.LIVE_MEETINGS)).item(row)));
    }

    private long seatsTaken() {
        Map<String, AttributeValue> key =
                Map.of(LiveRows.MEETING_ID, Items.text(ROOM), LiveRows.ITEM, Items.text(LiveRows.LIVE));
        return Items.number(
                dynamo.call(client -> client.getItem(get -> get.tableName(dynamo.name(Tables.LIVE_MEETINGS))
                                .key(key)
                                .consistentRead(true)))
                        .item(),
                LiveRows.SEATS_TAKEN,
                -1);
    }

    private boolean seated(String participantId) {
        return doors.seat(ROOM, participantId).filter(Seat::joined).isPresent();
    }

    private String open(int number) {
        return node.open(ROOM, number, OFFER, TRACKS).sessionId();
    }

    private boolean isGone(String session) {
        try {
            node.client().restart(node.lease(), ROOM, session, new NodeRestart("p_2", 1, OFFER, List.of()));
            return false;
        } catch (ApiException e) {
            return e.error().code().equals("media.session");
        }
    }

    @Test
    void theSeatOfAVanishedPersonIsFreeAndNobodyElsesIs() {
        start("PT1S");
        open(1);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !seated("p_1"));
        assertThat(seatsTaken()).isEqualTo(1);
        assertThat(seated("p_2")).isTrue();
    }

    @Test
    void whoseSeatIsGoneHasNoMediaEither() {
        start("PT1M");
        RoomAct leave = new RoomAct(RoomAct.Kind.LEAVE, "u_2", null, null, 0, "p_2");
        put(
                LiveRows.PARTICIPANT + "p_2",
                Map.of(LiveRows.STATE, Items.text(LiveRows.LEFT), LiveRows.REVISION, Items.number(2)));
        node.client().act(node.lease(), ROOM, leave);
        // An exchange that was let through before the leave and arrives after it.
        String session = open(2);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> isGone(session));
        assertThat(seatsTaken()).isEqualTo(2);
    }
}
