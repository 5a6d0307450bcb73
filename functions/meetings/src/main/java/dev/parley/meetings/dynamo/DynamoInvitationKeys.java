package dev.parley.meetings.dynamo;

import dev.parley.kernel.Sha256;
import dev.parley.meetings.InvitationKeys;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Keys in the LiveMeetings table as {@code I#<hash>}: a table that is read tells nobody a key. */
public final class DynamoInvitationKeys implements InvitationKeys {
    private static final String KEY = "I#";
    /** Longer than a meeting is planned ahead. */
    private static final Duration KEPT = Duration.ofDays(730);

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public DynamoInvitationKeys(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.LIVE_MEETINGS);
    }

    @Override
    public void allow(String meetingId, String key) {
        Map<String, AttributeValue> item = new HashMap<>(key(meetingId, key));
        item.put(Tables.EXPIRES_AT, Items.expiry(clock.instant().plus(KEPT)));
        try {
            dynamo.call(client -> client.putItem(
                    put -> put.tableName(table).item(item).conditionExpression("attribute_not_exists(meeting_id)")));
        } catch (ConditionalCheckFailedException e) {
            // It is good already, and perhaps somebody's.
            return;
        }
    }

    @Override
    public void forget(String meetingId, String key) {
        dynamo.call(
                client -> client.deleteItem(delete -> delete.tableName(table).key(key(meetingId, key))));
    }

    @Override
    public boolean redeem(String meetingId, String key, String userId) {
        try {
            dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                    .key(key(meetingId, key))
                    .conditionExpression("expires_at > :now AND (attribute_not_exists(used_by) OR used_by = :user)")
                    .updateExpression("SET used_by = :user")
                    .expressionAttributeValues(Map.of(
                            ":user", Items.text(userId),
                            ":now", Items.number(clock.instant().getEpochSecond())))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private static Map<String, AttributeValue> key(String meetingId, String key) {
        return LiveItems.key(meetingId, KEY + Sha256.base64Url(key));
    }
}
