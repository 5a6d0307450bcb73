package dev.parley.notifications.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import dev.parley.notifications.Mail;
import dev.parley.notifications.MailException;
import dev.parley.platform.lambda.EventRouter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Batches as the mapping hands them over, again and again, with marks in the embedded store. */
@Tag("component")
class NotificationsFunctionTest {
    private final List<String> sent = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private final HandMovedClock clock = new HandMovedClock(Instant.now());
    private Stores stores;
    private EventRouter router;

    @BeforeEach
    void open() {
        stores = Stores.temporary();
        Map<String, String> values = new HashMap<>(stores.values());
        values.put(SettingKeys.PUBLIC_URL, "https://meet.example.org");
        // Mail has no queue.
        values.put(SettingKeys.NOTIFICATION_QUEUE, "http://127.0.0.1:9/queue");
        router = NotificationsFunction.router(
                Settings.of(values),
                this::send,
                RecordedPush::new,
                vapid -> new RecordedBrowsers(),
                new RecordedTexts(),
                clock);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private void send(Mail mail) {
        if (refused.contains(mail.eventId())) {
            throw new MailException("no");
        }
        sent.add(mail.eventId() + " " + mail.subject());
    }

    private static String record(int number, String subject, String email, String locale) {
        return """
            {"eventName":"INSERT","eventSource":"aws:dynamodb","dynamodb":{"SequenceNumber":"%1$d",
             "Keys":{"subject":{"S":"%2$s"},"id":{"S":"e_%1$d"}},
             "NewImage":{"subject":{"S":"%2$s"},"id":{"S":"e_%1$d"},"type":{"S":"mail.password_changed"},
               "at":{"N":"1793614530250"},"data":{"M":{"email":{"S":"%3$s"},"name":{"S":"Ana"},"locale":{"S":"%4$s"}}}}}}
            """.formatted(number, subject, email, locale);
    }

    private static String record(int number, String subject) {
        return record(number, subject, "ana@example.org", "en");
    }

    private List<String> failuresOf(String... records) {
        byte[] batch = ("{\"Records\":[" + String.join(",", records) + "]}").getBytes(StandardCharsets.UTF_8);
        JsonNode reply = JsonMapper.builder().build().readTree(router.handle(batch));
        return reply.path("batchItemFailures")
                .valueStream()
                .map(failure -> failure.path("itemIdentifier").asString())
                .toList();
    }

    @Test
    void aBatchThatIsHandedOverAgainIsMailedOnce() {
        String[] batch = {record(1, "u_1"), record(2, "u_2", "li@example.org", "zh-CN")};

        assertThat(failuresOf(batch)).isEmpty();
        assertThat(failuresOf(batch)).isEmpty();
        clock.advance(Duration.ofHours(23));
        assertThat(failuresOf(batch)).isEmpty();

        assertThat(sent).containsExactly("e_1 Your Parley password was changed", "e_2 您的 Parley 密码已更改");
    }

    @Test
    void aPoisonedEventFailsAloneHoweverOftenItComes() {
        String[] batch = {record(1, "u_1", "nobody", "en"), record(2, "u_2"), record(3, "u_1")};

        assertThat(failuresOf(batch)).containsExactly("1", "3");
        assertThat(failuresOf(batch)).containsExactly("1", "3");
        assertThat(failuresOf(record(3, "u_1"))).isEmpty();

        assertThat(sent)
                .containsExactly("e_2 Your Parley password was changed", "e_3 Your Parley password was changed");
    }

    @Test
    void aMailThatIsRefusedTwiceIsSentWithTheNextTryBeforeTheLaterOnesOfItsSubject() {
        refused.add("e_1");
        String[] batch = {record(1, "u_1"), record(2, "u_1"), record(3, "u_2")};

        assertThat(failuresOf(batch)).containsExactly("1", "2");
        assertThat(failuresOf(batch)).containsExactly("1", "2");
        refused.clear();
        assertThat(failuresOf(batch)).isEmpty();

        assertThat(sent.stream().map(mail -> mail.split(" ")[0])).containsExactly("e_3", "e_1", "e_2");
    }
}
