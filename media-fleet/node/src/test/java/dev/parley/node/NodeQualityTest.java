package dev.parley.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.ChannelMessage.SlotQuality;
import dev.parley.contracts.media.MediaPath;
import dev.parley.contracts.node.RoomAct;
import dev.parley.local.stores.Stores;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.nodes.QualityBucket;
import dev.parley.platform.nodes.QualityMinute;
import dev.parley.platform.nodes.QualityRows;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A whole node with a real table, and people whose packets flow: how their connections did is written when the room is over, or the node stops. */
@Tag("component")
class NodeQualityTest {
    private static final String ROOM = "abc-defg-hij";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stores stores = Stores.temporary();
    private final Dynamo dynamo = Dynamo.of(stores.settings());
    private NodeUnderTest node;

    @TempDir
    private Path keys;

    private void start(String days) {
        Map<String, String> values = new HashMap<>(stores.values());
        values.putAll(Map.of(
                "KEYS_URI",
                keys.toUri().toString(),
                "NODE_LEASE",
                "on",
                "NODE_AGENTS",
                "1",
                "NODE_QUALITY_DAYS",
                days));
        node = new NodeUnderTest(keys, values, line -> {});
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
        dynamo.close();
        stores.close();
    }

    private List<Map<String, AttributeValue>> items() {
        return dynamo.call(client -> client.query(query -> query.tableName(dynamo.name(Tables.MEETING_QUALITY))
                        .keyConditionExpression("meeting_id = :meeting")
                        .expressionAttributeValues(Map.of(":meeting", Items.text(ROOM)))
                        .consistentRead(true)))
                .items();
    }

    private Stream<QualityBucket> of(String participantId) {
        return items().stream()
                .map(QualityRows::minute)
                .flatMap(minute -> minute.people().stream())
                .filter(person -> person.participantId().equals(participantId))
                .map(QualityMinute.Person::buckets)
                .flatMap(List::stream);
    }

    private static void untilSampled(Person person, int samples) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> person.heard.stream()
                                .filter(ChannelMessage.Quality.class::isInstance)
                                .count()
                        >= samples);
    }

    @Test
    void whatPeopleSentAndGotAndSawStandStillIsWrittenWhenTheRoomIsOver() throws Exception {
        start("7");
        Instant before = Instant.now();
        try (Person one = new Person(node, ROOM, 1);
                Person two = new Person(node, ROOM, 2)) {
            one.watch(2);
            Awaitility.await().atMost(PATIENCE).until(() -> one.carriedBy(0) == 2);
            untilSampled(one, 2);
            one.peer.send(new ChannelMessage.Quality(
                    1L, 1L, Double.NaN, 1, List.of(new SlotQuality(0, 3, 20, 180), new SlotQuality(99, 9, 20, 180))));
            untilSampled(one, 3);
            untilSampled(two, 3);
            node.act(ROOM, RoomAct.Kind.END, null, null);
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> of("p_1").mapToInt(QualityBucket::freezes).sum() == 3);

        assertThat(of("p_1")).anySatisfy(bucket -> {
            assertThat(bucket.upKbps()).isPositive();
            assertThat(bucket.downKbps()).isPositive();
            assertThat(bucket.layers().q()
                            + bucket.layers().h()
                            + bucket.layers().f()
                            + bucket.layers().single())
                    .isPositive();
        });
        assertThat(of("p_2")).anySatisfy(bucket -> assertThat(bucket.upKbps()).isPositive());
        assertThat(items()).allSatisfy(item -> {
            QualityMinute minute = QualityRows.minute(item);
            assertThat(minute.at().getEpochSecond() % 60).isZero();
            assertThat(minute.people())
                    .extracting(QualityMinute.Person::name)
                    .allMatch(name -> name.startsWith("Person "));
            assertThat(Items.number(item, Tables.EXPIRES_AT, 0))
                    .isBetween(
                            before.plus(Duration.ofDays(7)).getEpochSecond() - 60,
                            Instant.now().plus(Duration.ofDays(7)).getEpochSecond());
        });
    }

    @Test
    void whatTwoWhoAreConnectedDirectlySayOfThatIsWrittenForThem() throws Exception {
        start("7");
        try (Person one = new Person(node, ROOM, 1);
                Person two = new Person(node, ROOM, 2)) {
            untilSampled(one, 1);
            one.peer.send(directly(new SlotQuality(0, 2, 30, 720), new SlotQuality(2, 9, 30, 720)));
            untilSampled(one, 3);
            untilSampled(two, 3);
            node.act(ROOM, RoomAct.Kind.END, null, null);
        }
        Awaitility.await().atMost(PATIENCE).until(() -> of("p_1").anyMatch(QualityBucket::direct));

        assertThat(of("p_1").mapToInt(QualityBucket::freezes).sum()).isEqualTo(2);
        assertThat(of("p_1").filter(QualityBucket::direct)).anySatisfy(bucket -> {
            assertThat(bucket.upLossPermille()).isGreaterThanOrEqualTo(10);
            assertThat(bucket.downLossPermille()).isGreaterThanOrEqualTo(20);
            assertThat(bucket.roundTripMillis()).isGreaterThanOrEqualTo(17);
        });
        assertThat(of("p_2")).isNotEmpty().noneMatch(QualityBucket::direct);
    }

    @Test
    void aNewSessionWithTheNodeCountsNoFreezeOfADirectConnectionAgain() throws Exception {
        start("7");
        try (Person one = new Person(node, ROOM, 1)) {
            untilSampled(one, 1);
            one.peer.send(directly(new SlotQuality(0, 2, 30, 720)));
            untilSampled(one, 2);
            try (Person again = new Person(node, ROOM, 1)) {
                untilSampled(again, 1);
                again.peer.send(directly(new SlotQuality(0, 3, 30, 720)));
                untilSampled(again, 2);
                node.act(ROOM, RoomAct.Kind.END, null, null);
            }
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> of("p_1").mapToInt(QualityBucket::freezes).sum() >= 3);
        assertThat(of("p_1").mapToInt(QualityBucket::freezes).sum()).isEqualTo(3);
    }

    private static ChannelMessage directly(SlotQuality... pictures) {
        return new ChannelMessage.Quality(
                900_000L, 800_000L, 0.02, 17, List.of(pictures), MediaPath.DIRECT, 0.01, 0.02);
    }

    @Test
    void aNodeThatStopsWritesWhatItHas() throws Exception {
        start("30");
        try (Person one = new Person(node, ROOM, 1)) {
            untilSampled(one, 1);
            node.close();
            node = null;
            assertThat(of("p_1")).isNotEmpty();
        }
    }

    @Test
    void nothingIsWrittenWhereNothingIsToBeKept() throws Exception {
        start("0");
        try (Person one = new Person(node, ROOM, 1)) {
            untilSampled(one, 1);
            node.close();
            node = null;
            assertThat(items()).isEmpty();
        }
    }
}
