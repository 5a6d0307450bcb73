package dev.parley.platform.dynamo;

import dev.parley.kernel.OutboxEvent;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Events as tables of the outbox's shape hold them, for whoever writes one together with something else. */
public final class OutboxItems {
    static final Duration KEPT = Duration.ofDays(3);

    private OutboxItems() {}

    /** {@code subject}, {@code id}, {@code type}, {@code at}, {@code data}, and when it may be collected. */
    public static Map<String, AttributeValue> of(OutboxEvent event) {
        return Map.of(
                "subject",
                Items.text(event.subject()),
                "id",
                Items.text(event.id()),
                "type",
                Items.text(event.type()),
                "at",
                Items.number(event.at().toEpochMilli()),
                "data",
                Items.toTextMap(event.data()),
                Tables.EXPIRES_AT,
                Items.expiry(event.at().plus(KEPT)));
    }
}
