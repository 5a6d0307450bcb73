package dev.parley.notifications.sns;

import dev.parley.kernel.Settings;
import dev.parley.notifications.TextException;
import dev.parley.notifications.Texter;
import dev.parley.platform.aws.AwsClients;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** Sends through Amazon SNS, which knows every country's networks. What may be spent in a month is the account's own setting. */
public final class SnsTexter implements Texter, AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final int TOO_MANY = 429;
    private static final int SERVERS_FAULT = 500;

    private final SnsClient client;

    public SnsTexter(SnsClient client) {
        this.client = Objects.requireNonNull(client);
    }

    /** @param endpoint where SNS is, when it is not where AWS has it */
    public static SnsTexter of(Settings settings, Optional<URI> endpoint) {
        return new SnsTexter(AwsClients.build(SnsClient.builder(), settings, endpoint, ANSWER_TIMEOUT));
    }

    @Override
    public void send(String number, String text) {
        try {
            client.publish(publish -> publish.phoneNumber(number)
                    .message(text)
                    .messageAttributes(Map.of(
                            "AWS.SNS.SMS.SMSType",
                            MessageAttributeValue.builder()
                                    .dataType("String")
                                    .stringValue("Transactional")
                                    .build())));
        } catch (AwsServiceException e) {
            // What SNS says may have the number in it: only its code and its own reference are passed on.
            String code = e.awsErrorDetails() == null
                    ? "no code"
                    : e.awsErrorDetails().errorCode();
            boolean later = e.isThrottlingException() || e.statusCode() == TOO_MANY || e.statusCode() >= SERVERS_FAULT;
            throw new TextException(
                    "SNS answered " + e.statusCode() + " " + code + " (request " + e.requestId() + ")", !later);
        } catch (SdkException e) {
            throw new TextException("SNS did not answer: " + e.getClass().getSimpleName(), false);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
