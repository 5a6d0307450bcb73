package dev.parley.kernel;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Something that happened and that others must be told. Consumers may see an event more than once and know it again by its id.
 *
 * @param id the event's own id, {@code e_…}
 * @param type what happened, {@code context.what}: {@code account.banned}, {@code mail.password_reset}
 * @param subject what it happened to, for order: events of one subject are told in the order they were written
 * @param at when it happened
 * @param data what a consumer needs to know, by name
 */
public record OutboxEvent(String id, String type, String subject, Instant at, Map<String, String> data) {
    private static final int ID_DIGITS = 22;

    public OutboxEvent {
        Objects.requireNonNull(id);
        Objects.requireNonNull(type);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(at);
        data = Map.copyOf(data);
    }

    /**
     * An event whose id is made of what it tells, so that it is the same one whoever writes it, and however often.
     *
     * @param what tells it from others of this type and subject
     */
    public static OutboxEvent once(String type, String subject, String what, Instant at, Map<String, String> data) {
        String digest = Sha256.base64Url(String.join("|", type, subject, what));
        return new OutboxEvent("e_" + digest.substring(0, ID_DIGITS), type, subject, at, data);
    }

    /** Without its data, which may hold a secret. */
    @Override
    public String toString() {
        return "OutboxEvent[" + id + " " + type + " of " + subject + "]";
    }
}
