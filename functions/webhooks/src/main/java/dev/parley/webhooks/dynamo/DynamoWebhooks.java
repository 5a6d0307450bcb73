package dev.parley.webhooks.dynamo;

import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.webhooks.Delivery;
import dev.parley.webhooks.Webhook;
import dev.parley.webhooks.Webhooks;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Webhooks in the Webhooks table, each with its deliveries in one partition. A deleted webhook's deliveries are collected when their time
 * is over; nothing reads them any more, for a webhook is asked for first.
 */
public final class DynamoWebhooks implements Webhooks {
    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public DynamoWebhooks(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.WEBHOOKS);
    }

    @Override
    public void create(Webhook hook) {
        // The marker first: without its webhook it stands for nothing.
        if (hook.everyMeeting()) {
            dynamo.call(client -> client.putItem(put -> put.tableName(table).item(WebhookItems.marker(hook))));
        }
        dynamo.call(client -> client.putItem(put -> put.tableName(table)
                .item(WebhookItems.of(hook))
                .conditionExpression("attribute_not_exists(webhook_id)")));
    }

    @Override
    public Optional<Webhook> find(String id) {
        return read(id, WebhookItems.HOOK).map(WebhookItems::webhook);
    }

    @Override
    public List<Webhook> ofOwner(String userId) {
        return dynamo.indexed(Tables.WEBHOOKS, userId).stream()
                .filter(item -> Items.requiredText(item, WebhookItems.ITEM).equals(WebhookItems.HOOK))
                .map(WebhookItems::webhook)
                .sorted(Comparator.comparing(Webhook::createdAt).thenComparing(Webhook::id))
                .toList();
    }

    @Override
    public List<Webhook> ofEverything() {
        return dynamo.indexed(Tables.WEBHOOKS, WebhookItems.EVERYBODY).stream()
                .flatMap(marker -> find(Items.requiredText(marker, WebhookItems.WEBHOOK_ID)).stream())
                .toList();
    }

    @Override
    public boolean save(Webhook changed) {
        return replace(WebhookItems.of(changed), changed.revision());
    }

    @Override
    public void delete(Webhook hook) {
        for (String item : List.of(WebhookItems.HOOK, WebhookItems.ALL)) {
            dynamo.call(client ->
                    client.deleteItem(delete -> delete.tableName(table).key(WebhookItems.key(hook.id(), item))));
        }
    }

    @Override
    public boolean keep(Delivery delivery) {
        try {
            dynamo.call(client -> client.putItem(put -> put.tableName(table)
                    .item(WebhookItems.of(delivery))
                    .conditionExpression("attribute_not_exists(webhook_id)")));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public Optional<Delivery> delivery(String webhookId, String id) {
        return read(webhookId, WebhookItems.DELIVERY + id).filter(this::kept).map(WebhookItems::delivery);
    }

    @Override
    public List<Delivery> deliveries(String webhookId, Optional<String> before, int limit) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":hook", Items.text(webhookId));
        values.put(":from", Items.text(WebhookItems.DELIVERY));
        // The end is not part of it: "D$" follows everything that begins with "D#".
        values.put(":to", Items.text(before.map(WebhookItems.DELIVERY::concat).orElse("D$")));
        return dynamo.call(client -> client
                .queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("webhook_id = :hook AND #item BETWEEN :from AND :to")
                        .expressionAttributeNames(Map.of("#item", WebhookItems.ITEM))
                        .expressionAttributeValues(values)
                        .scanIndexForward(false)
                        .consistentRead(true)
                        .limit(limit + 1))
                .items()
                .stream()
                .filter(this::kept)
                .map(WebhookItems::delivery)
                .filter(delivery -> before.filter(delivery.id()::equals).isEmpty())
                .limit(limit)
                .toList());
    }

    @Override
    public boolean save(Delivery changed) {
        return replace(WebhookItems.of(changed), changed.revision());
    }

    private boolean kept(Map<String, AttributeValue> item) {
        return Items.number(item, Tables.EXPIRES_AT, Long.MAX_VALUE)
                > clock.instant().getEpochSecond();
    }

    private boolean replace(Map<String, AttributeValue> item, long revision) {
        try {
            dynamo.call(client -> client.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression("revision = :seen")
                    .expressionAttributeValues(Map.of(":seen", Items.number(revision - 1)))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private Optional<Map<String, AttributeValue>> read(String webhookId, String item) {
        return Optional.of(dynamo.call(client -> client.getItem(get -> get.tableName(table)
                                .key(WebhookItems.key(webhookId, item))
                                .consistentRead(true)))
                        .item())
                .filter(found -> !found.isEmpty());
    }
}
