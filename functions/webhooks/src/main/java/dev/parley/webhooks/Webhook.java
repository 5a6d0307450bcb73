package dev.parley.webhooks;

import dev.parley.contracts.webhooks.WebhookView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody's wish to be told.
 *
 * @param id {@code wh_…}
 * @param ownerId whose it is
 * @param url where it is told
 * @param events types, or {@code *}
 * @param everyMeeting of every host's meetings; else of those that its owner hosts
 * @param secret signs what is told
 * @param previous the secret before, which signs too for a while
 * @param disabled why nothing is told; empty while it is
 * @param failingSince the first failure since the last success
 * @param revision rises with every change, from 1
 */
public record Webhook(
        String id,
        String ownerId,
        String url,
        Set<String> events,
        String description,
        boolean everyMeeting,
        Secret secret,
        Optional<Previous> previous,
        Optional<Disabled> disabled,
        Optional<Instant> failingSince,
        Instant createdAt,
        Instant updatedAt,
        long revision) {
    /** A secret that was replaced. */
    public record Previous(Secret secret, Instant until) {}

    /** Why nothing is told. */
    public enum Disabled {
        /** Its owner said so. */
        OWNER,
        /** Nothing was taken for days. */
        FAILING,
        /** Its server said that it is gone: 410. */
        GONE,
        /** Its owner may not hear of it any more. */
        ACCOUNT;

        /** The word stored and sent. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Webhook {
        events = Set.copyOf(events);
        Objects.requireNonNull(secret);
    }

    boolean active() {
        return disabled.isEmpty();
    }

    boolean wants(String type) {
        return events.contains(EventTypes.EVERYTHING) || events.contains(type) || type.equals(EventTypes.TEST);
    }

    /** Those that sign what is told now. */
    List<Secret> secrets(Instant now) {
        List<Secret> secrets = new ArrayList<>(List.of(secret));
        previous.filter(old -> old.until().isAfter(now)).ifPresent(old -> secrets.add(old.secret()));
        return secrets;
    }

    Webhook changed(String address, Set<String> types, String text, Optional<Disabled> state, Instant now) {
        return new Webhook(
                id,
                ownerId,
                address,
                types,
                text,
                everyMeeting,
                secret,
                previous,
                state,
                state.isEmpty() && disabled.isPresent() ? Optional.empty() : failingSince,
                createdAt,
                now,
                revision + 1);
    }

    Webhook rotated(Secret next, Instant until, Instant now) {
        return new Webhook(
                id,
                ownerId,
                url,
                events,
                description,
                everyMeeting,
                next,
                Optional.of(new Previous(secret, until)),
                disabled,
                failingSince,
                createdAt,
                now,
                revision + 1);
    }

    /** As it is after deliveries failed or were taken again. */
    Webhook faring(Optional<Instant> failing, Optional<Disabled> state) {
        return new Webhook(
                id,
                ownerId,
                url,
                events,
                description,
                everyMeeting,
                secret,
                previous,
                state,
                failing,
                createdAt,
                updatedAt,
                revision + 1);
    }

    /** As its owner sees it. @param shown whether with the secret */
    WebhookView view(boolean shown) {
        return new WebhookView(
                id,
                url,
                events.stream().sorted().toList(),
                description,
                everyMeeting,
                shown ? secret.text() : null,
                active() ? "active" : "disabled",
                disabled.map(Disabled::wire).orElse(null),
                failingSince.orElse(null),
                createdAt,
                updatedAt);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Webhook[" + id + " of " + ownerId + "]";
    }
}
