package dev.parley.local.load;

import dev.parley.kernel.SettingKeys;
import dev.parley.local.stores.Stores;
import dev.parley.platform.aws.AwsClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The environment of a {@link PackagedFunction} over embedded stores: what the template gives all functions together. */
public final class PackagedEnvironment {
    private PackagedEnvironment() {}

    /** @param folder takes the mail that is sent */
    public static Map<String, String> over(Stores stores, Path folder) {
        Map<String, String> values = new HashMap<>(stores.values());
        values.put("PUBLIC_URL", "http://localhost:8800");
        values.put("WS_URL", "ws://localhost:8800/ws/signaling");
        values.put("WEB_ORIGIN", "http://localhost:8800");
        values.put("CONNECTIONS_ENDPOINT", "http://127.0.0.1:9");
        values.put("ICE_SERVERS", "[]");
        values.put("RATE_LIMITS", "on");
        values.put("MAIL_FROM", "Parley <no-reply@example.org>");
        values.put("FILES_URI", "s3://parley-files/");
        values.put("FILES_ENDPOINT", "http://127.0.0.1:9");
        values.put("FILES_ACCESS_KEY", "local");
        values.put("FILES_SECRET_KEY", "local");
        // Queues that nobody made: the golden events send nothing to them.
        values.put("MESSAGING_QUEUE", values.get("SQS_ENDPOINT") + "/123456789012/shares");
        values.put("WEBHOOK_QUEUE", values.get("SQS_ENDPOINT") + "/123456789012/deliveries.fifo");
        values.put("NOTIFICATION_QUEUE", queue(stores, "notification-deliveries"));
        values.put("MAIL_FOLDER", folder.resolve("mail").toUri().toString());
        return values;
    }

    /** A queue that golden events do send to. */
    private static String queue(Stores stores, String name) {
        try (SqsClient sqs = AwsClients.build(
                SqsClient.builder(),
                stores.settings(),
                stores.settings().uri(SettingKeys.SQS_ENDPOINT),
                Duration.ofSeconds(4))) {
            return sqs.createQueue(request -> request.queueName(name)).queueUrl();
        }
    }
}
