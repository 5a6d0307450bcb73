package dev.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.contracts.notifications.NotificationPreferences;
import dev.parley.contracts.notifications.SubscriptionDraft;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Principal;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a client sends as its choices or its browser is kept or refused, and what is kept can be read again. */
class AnyChoiceTest {
    private static final int TRIES = 30_000;
    private static final List<String> NAMES = List.of(
            "kinds",
            "kind",
            "channels",
            "quiet_hours",
            "from",
            "until",
            "time_zone",
            "language",
            "endpoint",
            "keys",
            "p256dh",
            "auth",
            "public_key",
            "");
    private static final List<String> VALUES = List.of(
            "\"message\"",
            "\"account\"",
            "\"in_app\"",
            "[\"mail\",\"sms\"]",
            "[\"push\",null]",
            "[null]",
            "[{\"kind\":\"mention\",\"channels\":[\"mail\"]}]",
            "[{\"kind\":\"file\"}]",
            "\"22:00\"",
            "\"24:00\"",
            "\"07:00:00.5\"",
            "\"Europe/Berlin\"",
            "\"+25:00\"",
            "\"zh\"",
            "\"https://push.example.net/1\"",
            "\"https://[::1]/1\"",
            "\"https:push.example.net\"",
            "\"//\"",
            "\"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\"",
            "\"BTBZMqHH6r4Tts7J_aSIgg\"",
            "\"key\"",
            "null",
            "true",
            "-1",
            "1e400",
            "{}",
            "[]",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "nonsense");

    private final Random random = new Random(20_261_122);

    private String object(int depth) {
        StringBuilder text = new StringBuilder("{");
        for (int i = random.nextInt(5); i >= 0; i--) {
            boolean deeper = depth < 3 && random.nextInt(3) == 0;
            text.append('"')
                    .append(NAMES.get(random.nextInt(NAMES.size())))
                    .append("\":")
                    .append(deeper ? object(depth + 1) : VALUES.get(random.nextInt(VALUES.size())))
                    .append(i == 0 ? "" : ",");
        }
        return text.append('}').toString();
    }

    @Test
    void choicesThatAreKeptAreReadAgainAsTheyWere() {
        int kept = 0;
        for (int i = 0; i < TRIES; i++) {
            String text = object(0);
            try {
                Preferences chosen = Preferences.checked(Wire.read(text, NotificationPreferences.class));
                assertThat(Preferences.checked(Wire.read(Wire.write(chosen.view()), NotificationPreferences.class)))
                        .as(text)
                        .isEqualTo(chosen);
                kept++;
            } catch (WireException e) {
                assertThat(text).isNotEmpty();
            } catch (ApiException e) {
                assertThat(e.status()).as(text).isEqualTo(400);
            }
        }
        assertThat(kept).isGreaterThan(TRIES / 100);
    }

    @Test
    void browsersAreTakenOrRefused() {
        List<Subscription> taken = new ArrayList<>();
        SubscriptionDesk desk = new SubscriptionDesk(
                new Taken(taken),
                new AnyService(),
                () -> new SubscriptionDesk.Key("push-1", "key"),
                RateLimiter.unlimited(),
                new HandMovedClock());
        Principal ada = new Principal("u_ada", "s_1", Role.USER, "Ada", 0, Optional.empty(), Optional.empty());
        for (int i = 0; i < TRIES; i++) {
            String text = object(0);
            try {
                desk.subscribe(ada, Wire.read(text, SubscriptionDraft.class));
            } catch (WireException e) {
                assertThat(text).isNotEmpty();
            } catch (ApiException e) {
                assertThat(e.status()).as(text).isEqualTo(400);
            }
        }
        desk.subscribe(
                ada,
                new SubscriptionDraft(
                        "https://push.example.net/1",
                        new SubscriptionDraft.Keys(
                                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                                "BTBZMqHH6r4Tts7J_aSIgg"),
                        "key"));
        assertThat(taken)
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.service()).isNotEmpty());
    }

    private record Taken(List<Subscription> all) implements Subscriptions {
        @Override
        public List<Subscription> of(String userId) {
            return List.of();
        }

        @Override
        public void put(Subscription subscription) {
            all.add(subscription);
        }

        @Override
        public boolean remove(String userId, String id) {
            return false;
        }
    }

    private static final class AnyService implements PushServices {
        @Override
        public boolean know(String endpoint) {
            return true;
        }

        @Override
        public Outcome push(Subscription to, PushMessage message) {
            return new Outcome(Answer.TAKEN, "");
        }
    }
}
