package dev.parley.platform.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

class TablesTest {
    /** DynamoDB refuses a table whose defined attributes are not exactly those of its keys. */
    @ParameterizedTest
    @EnumSource(Tables.class)
    void exactlyTheKeysAreDefined(Tables table) {
        CreateTableRequest request = table.createRequest("local-");

        assertThat(request.tableName()).isEqualTo("local-" + table.logicalName());
        List<String> keys = new ArrayList<>(
                request.keySchema().stream().map(key -> key.attributeName()).toList());
        table.index().ifPresent(index -> keys.add(index.partitionKey()));
        assertThat(request.attributeDefinitions().stream().map(AttributeDefinition::attributeName))
                .containsExactlyInAnyOrderElementsOf(keys);
        assertThat(request.globalSecondaryIndexes().size())
                .isEqualTo(table.index().isPresent() ? 1 : 0);
        // What the audit log's chain is held to, and what people wrote and shared, stays for good; all else ends by
        // itself.
        assertThat(table.expiryAttribute().isEmpty())
                .isEqualTo(EnumSet.of(
                                Tables.AUDIT_HEADS,
                                Tables.CONVERSATIONS,
                                Tables.WORDS,
                                Tables.PEOPLE,
                                Tables.FILE_SHARES)
                        .contains(table));
        table.expiryAttribute().ifPresent(name -> assertThat(name).isEqualTo("expires_at"));
    }

    /** A consumer sees what was written, and needs nothing else. */
    @Test
    void whatTellsEventsAloneHasAStreamOfNewImages() {
        for (Tables table : Tables.values()) {
            StreamSpecification stream = table.createRequest("").streamSpecification();
            assertThat(stream != null)
                    .as("%s", table)
                    .isEqualTo(EnumSet.of(
                                    Tables.OUTBOX,
                                    Tables.INBOX,
                                    Tables.CHANGES,
                                    Tables.FILE_WORK,
                                    Tables.MEETING_EVENTS)
                            .contains(table));
            assertThat(table.streamed()).isEqualTo(stream != null);
        }
        StreamSpecification stream = Tables.OUTBOX.createRequest("").streamSpecification();
        assertThat(stream.streamEnabled()).isTrue();
        assertThat(stream.streamViewType()).isEqualTo(StreamViewType.NEW_IMAGE);
    }

    @Test
    void attributesReadBackAsTheyWereWritten() {
        Map<String, AttributeValue> item = Map.of(
                "t", Items.text("x"),
                "n", Items.number(7),
                "f", Items.flag(true),
                "l", Items.texts(List.of("a", "b")),
                "m", Items.toTextMap(Map.of("k", "v")),
                "e", Items.expiry(Instant.parse("1970-01-01T00:00:01.001Z")));

        assertThat(Items.text(item, "t")).contains("x");
        assertThat(Items.number(item, "n", 0)).isEqualTo(7);
        assertThat(Items.number(item, "none", 3)).isEqualTo(3);
        assertThat(Items.flag(item, "f")).isTrue();
        assertThat(Items.flag(item, "none")).isFalse();
        assertThat(Items.texts(item, "l")).containsExactly("a", "b");
        assertThat(Items.textMap(item, "m")).containsEntry("k", "v");
        assertThat(Items.number(item, "e", 0)).isEqualTo(2);
    }
}
