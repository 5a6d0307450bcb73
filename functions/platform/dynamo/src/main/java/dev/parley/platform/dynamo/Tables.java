package dev.parley.platform.dynamo;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Every table of the product, once: functions, local stores and the deployment's template all follow it. Keys are texts. A table with
 * an expiry attribute keeps {@value #EXPIRES_AT} in epoch seconds.
 */
public enum Tables {
    /** Sockets: who is behind each. */
    CONNECTIONS("Connections", "connection_id", null, true, Index.BY_USER),
    /** Who hears what is said in a room: {@code ROOM#id#shard}. */
    ROOM_MEMBERS("RoomMembers", "room_shard", "connection_id", true, null),
    /** Leases of who is reachable on which device. */
    PRESENCE("Presence", "user_id", "device_id", true, null),
    /** Login sessions: families of refresh tokens. */
    SESSIONS("Sessions", "session_id", null, true, Index.BY_USER),
    /** Tickets, counters, locks, idempotency marks, rate limits. */
    EPHEMERAL("Ephemeral", "key", null, true, null),
    /** Messages of conversations under {@code CONV#id}, numbered without gaps; frame counters of rooms under {@code ROOM#id}. */
    STREAM("Stream", "stream", "seq", true, null),
    /** Node leases {@code NODE#id} and room placements {@code ROOM#id}. */
    MEDIA_NODES("MediaNodes", "key", null, true, null),
    /** State of live meetings: {@code LIVE} and {@code P#participant} under the meeting. */
    LIVE_MEETINGS("LiveMeetings", "meeting_id", "item", true, Index.BY_USER),
    /** What must be told outside the private network, by what it happened to. Its stream carries every new event to its consumers. */
    OUTBOX("Outbox", "subject", "id", true, null, true),
    /** As {@link #OUTBOX}, for functions inside the private network: a stream has two readers at most. */
    INBOX("Inbox", "subject", "id", true, null, true),
    /** Conversations: {@code HEAD} with the counters, and {@code M#user} of everybody in it. */
    CONVERSATIONS("Conversations", "conversation_id", "item", false, Index.BY_USER),
    /**
     * What happened in conversations, numbered without gaps, and to accounts, in the shape of {@link #OUTBOX}: devices read it to
     * catch up, and its stream tells messaging.
     */
    CHANGES("Changes", "subject", "id", true, null, true),
    /** Which words stand in which messages of a conversation. */
    WORDS("Words", "conversation_id", "word", false, null),
    /** What people with accounts are called. */
    PEOPLE("People", "user_id", null, false, null),
    /** What the files function has to do by itself, in the shape of {@link #OUTBOX}: files to check, accounts that are gone. */
    FILE_WORK("FileWork", "subject", "id", true, null, true),
    /** Which files are shared in which conversations: the files function writes it, messaging reads it. */
    FILE_SHARES("FileShares", "conversation_id", "file_id", false, null),
    /**
     * What happened in meetings, in the shape of {@link #OUTBOX}, each written together with what it tells of. Its stream tells webhooks
     * and notifications.
     */
    MEETING_EVENTS("MeetingEvents", "subject", "id", true, null, true),
    /** Webhooks: {@code HOOK}, {@code ALL} of one that hears of every meeting, and {@code D#delivery} of each thing to tell. */
    WEBHOOKS("Webhooks", "webhook_id", "item", true, Index.BY_USER),
    /** What people were not there to see: {@code N#time#id} of each person; and who is invited, {@code U#user} under {@code MEETING#id}. */
    NOTIFICATIONS("Notifications", "user_id", "item", true, null),
    /** How the connections of meetings did: {@code M#minute#writer} of each minute and node, {@code GONE#participant} of whom nothing is shown. */
    MEETING_QUALITY("MeetingQuality", "meeting_id", "item", true, null),
    /** Hashes of the audit chain's entries, each written once. */
    AUDIT_HEADS("AuditHeads", "chain", "seq", false, null);

    /** The expiry attribute of every table that has one, epoch seconds. */
    public static final String EXPIRES_AT = "expires_at";

    /** A global secondary index with all attributes. */
    public record Index(String name, String partitionKey) {
        /** Everything of one user. */
        public static final Index BY_USER = new Index("by-user", "user_id");
    }

    private final String logicalName;
    private final String partitionKey;
    private final String sortKey;
    private final boolean expires;
    private final Index index;
    private final boolean streamed;

    Tables(String logicalName, String partitionKey, String sortKey, boolean expires, Index index) {
        this(logicalName, partitionKey, sortKey, expires, index, false);
    }

    Tables(String logicalName, String partitionKey, String sortKey, boolean expires, Index index, boolean streamed) {
        this.logicalName = logicalName;
        this.partitionKey = partitionKey;
        this.sortKey = sortKey;
        this.expires = expires;
        this.index = index;
        this.streamed = streamed;
    }

    /** The name without the deployment's prefix; the logical id in the template is this with {@code Table} behind it. */
    public String logicalName() {
        return logicalName;
    }

    /** The name in the store: {@code prefix} and the logical name. */
    public String tableName(String prefix) {
        return prefix + logicalName;
    }

    public String partitionKey() {
        return partitionKey;
    }

    public Optional<String> sortKey() {
        return Optional.ofNullable(sortKey);
    }

    /** The expiry attribute, when entries of this table may end by themselves. */
    public Optional<String> expiryAttribute() {
        return expires ? Optional.of(EXPIRES_AT) : Optional.empty();
    }

    public Optional<Index> index() {
        return Optional.ofNullable(index);
    }

    /** Whether the table has a stream of new images, which event source mappings read. */
    public boolean streamed() {
        return streamed;
    }

    /** The request that makes this table, billed per request. Expiry must be switched on by itself afterwards. */
    public CreateTableRequest createRequest(String prefix) {
        Set<String> keys = new LinkedHashSet<>();
        keys.add(partitionKey);
        sortKey().ifPresent(keys::add);
        index().ifPresent(one -> keys.add(one.partitionKey()));

        List<KeySchemaElement> schema = new ArrayList<>();
        schema.add(element(partitionKey, KeyType.HASH));
        sortKey().ifPresent(name -> schema.add(element(name, KeyType.RANGE)));

        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(tableName(prefix))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(schema)
                .attributeDefinitions(keys.stream().map(Tables::text).toList());
        index().ifPresent(one -> request.globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                .indexName(one.name())
                .keySchema(element(one.partitionKey(), KeyType.HASH))
                .projection(
                        Projection.builder().projectionType(ProjectionType.ALL).build())
                .build()));
        if (streamed) {
            request.streamSpecification(stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE));
        }
        return request.build();
    }

    private static KeySchemaElement element(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }
}
