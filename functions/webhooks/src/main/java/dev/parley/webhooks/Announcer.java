package dev.parley.webhooks;

import dev.parley.contracts.Wire;
import dev.parley.kernel.OutboxEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes deliveries of events: for each webhook that wants it one, kept before it is queued. An event that comes twice makes the same ones,
 * so nothing is lost by a stop in between and nothing is told twice for it.
 */
public final class Announcer implements Consumer<OutboxEvent> {
    private static final List<String> MEETING = List.of("title", "host_id", "started_at", "ended_at", "occurrence");
    private static final List<String> PARTICIPANT =
            List.of("participant_id", "user_id", "name", "role", "joined_at", "left_at", "reason");

    private final Webhooks webhooks;
    private final Dispatch dispatch;

    public Announcer(Webhooks webhooks, Dispatch dispatch) {
        this.webhooks = Objects.requireNonNull(webhooks);
        this.dispatch = Objects.requireNonNull(dispatch);
    }

    @Override
    public void accept(OutboxEvent event) {
        Set<Webhook> wanting = new LinkedHashSet<>();
        String owner = event.data().getOrDefault("owner_id", "");
        if (!owner.isEmpty()) {
            wanting.addAll(webhooks.ofOwner(owner));
        }
        wanting.addAll(webhooks.ofEverything());
        for (Webhook hook : wanting) {
            if (hook.active() && hook.wants(event.type())) {
                announce(Delivery.of(
                        hook,
                        event.id(),
                        event.type(),
                        event.subject(),
                        event.at(),
                        payload(event.id(), event.type(), event.at(), data(event))));
            }
        }
    }

    /** Keeps and queues. One that was kept before was perhaps not queued. */
    void announce(Delivery delivery) {
        webhooks.keep(delivery);
        dispatch.queue(delivery);
    }

    static String payload(String id, String type, Instant at, Map<String, Object> data) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("id", id);
        payload.put("type", type);
        payload.put("timestamp", at.toString());
        payload.put("data", data);
        return Wire.write(payload);
    }

    private static Map<String, Object> data(OutboxEvent event) {
        Map<String, Object> meeting = new LinkedHashMap<>();
        meeting.put("id", event.subject());
        copy(MEETING, event.data(), meeting);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("meeting", meeting);
        Map<String, Object> participant = new LinkedHashMap<>();
        copy(PARTICIPANT, event.data(), participant);
        if (!participant.isEmpty()) {
            data.put("participant", participant);
        }
        return data;
    }

    private static void copy(List<String> names, Map<String, String> from, Map<String, Object> to) {
        for (String name : names) {
            String value = from.get(name);
            if (value != null && !value.isEmpty()) {
                to.put(
                        name.equals("participant_id") ? "id" : name,
                        name.equals("occurrence") ? Long.valueOf(value) : value);
            }
        }
    }
}
