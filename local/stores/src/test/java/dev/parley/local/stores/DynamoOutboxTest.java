package dev.parley.local.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoOutbox;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** What is appended comes out of the table's stream, as every consumer will see it. */
@Tag("component")
class DynamoOutboxTest {
    /** Of today: what is older than three days is collected while the test looks. */
    private static final Instant NOW =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).plusMillis(250);

    private Stores stores;
    private Dynamo dynamo;
    private DynamoDbStreamsClient streams;
    private DynamoOutbox outbox;

    @BeforeEach
    void open() {
        stores = Stores.temporary();
        dynamo = Dynamo.of(stores.settings());
        streams = DynamoDbStreamsClient.builder()
                .endpointOverride(stores.tablesEndpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        dynamo.client().serviceClientConfiguration().credentialsProvider())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        outbox = new DynamoOutbox(dynamo);
    }

    @AfterEach
    void close() {
        streams.close();
        dynamo.close();
        stores.close();
    }

    private static OutboxEvent event(String id, String subject) {
        return new OutboxEvent(id, "mail.password_reset", subject, NOW, Map.of("email", "ana@example.org", "code", ""));
    }

    @Test
    void anEventComesOutOfTheStreamWithEverythingAConsumerNeeds() {
        outbox.append(event("e_1", "u_1"));

        Record told = told().getFirst();
        Map<String, AttributeValue> image = told.dynamodb().newImage();
        assertThat(told.eventName()).isEqualTo(OperationType.INSERT);
        assertThat(Items.text(image, "subject")).contains("u_1");
        assertThat(Items.text(image, "id")).contains("e_1");
        assertThat(Items.text(image, "type")).contains("mail.password_reset");
        assertThat(Items.number(image, "at", 0)).isEqualTo(NOW.toEpochMilli());
        assertThat(Items.textMap(image, "data")).isEqualTo(Map.of("email", "ana@example.org", "code", ""));
        assertThat(Items.number(image, Tables.EXPIRES_AT, 0)).isEqualTo(NOW.getEpochSecond() + 3 * 24 * 60 * 60 + 1);
    }

    @Test
    void eventsOfOneSubjectAreToldInTheOrderTheyWereWritten() {
        List<String> written = new ArrayList<>();
        for (int i = 50; i > 0; i--) {
            written.add("e_" + i);
            outbox.append(event("e_" + i, "u_1"));
            outbox.append(event("e_x" + i, "u_" + i));
        }

        assertThat(told().stream()
                        .map(record -> record.dynamodb().newImage())
                        .filter(image ->
                                Items.text(image, "subject").orElseThrow().equals("u_1"))
                        .map(image -> Items.text(image, "id").orElseThrow())
                        .filter(id -> !id.startsWith("e_x")))
                .containsExactlyElementsOf(written);
    }

    @Test
    void anEventAppendedAgainIsToldOnce() {
        outbox.append(event("e_1", "u_1"));
        outbox.append(event("e_1", "u_1"));
        outbox.append(event("e_2", "u_1"));

        assertThat(told().stream()
                        .map(record ->
                                Items.text(record.dynamodb().newImage(), "id").orElseThrow()))
                .containsExactly("e_1", "e_2");
    }

    @Test
    void aStoreThatDoesNotAnswerIsUnavailable() {
        Map<String, String> nowhere = new HashMap<>(stores.values());
        nowhere.put(SettingKeys.DYNAMODB_ENDPOINT, "http://127.0.0.1:9");
        try (Dynamo silent = Dynamo.of(Settings.of(nowhere))) {
            assertThatThrownBy(() -> new DynamoOutbox(silent).append(event("e_1", "u_1")))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.code()).isEqualTo("store.unavailable"));
        }
    }

    /** Every record of the stream so far. */
    private List<Record> told() {
        String stream = dynamo.client()
                .describeTable(request -> request.tableName(dynamo.name(Tables.OUTBOX)))
                .table()
                .latestStreamArn();
        List<Record> records = new ArrayList<>();
        streams.describeStream(request -> request.streamArn(stream))
                .streamDescription()
                .shards()
                .forEach(shard -> {
                    String iterator = streams.getShardIterator(request -> request.streamArn(stream)
                                    .shardId(shard.shardId())
                                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                            .shardIterator();
                    records.addAll(streams.getRecords(request -> request.shardIterator(iterator))
                            .records());
                });
        return records;
    }
}
