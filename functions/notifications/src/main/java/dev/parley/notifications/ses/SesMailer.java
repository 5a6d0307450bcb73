package dev.parley.notifications.ses;

import dev.parley.kernel.Settings;
import dev.parley.notifications.Mail;
import dev.parley.notifications.MailException;
import dev.parley.notifications.Mailbox;
import dev.parley.notifications.Mailer;
import dev.parley.notifications.MimeMessage;
import dev.parley.platform.aws.AwsClients;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Sends through Amazon SES, as a whole message: what an invitation needs is not among the parts that SES puts together by itself. */
public final class SesMailer implements Mailer, AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private final SesV2Client client;
    private final Mailbox from;
    private final InstantSource clock;

    public SesMailer(SesV2Client client, Mailbox from, InstantSource clock) {
        this.client = Objects.requireNonNull(client);
        this.from = Objects.requireNonNull(from);
        this.clock = Objects.requireNonNull(clock);
    }

    /** @param endpoint where SES is, when it is not where AWS has it */
    public static SesMailer of(Settings settings, Optional<URI> endpoint, Mailbox from, InstantSource clock) {
        return new SesMailer(AwsClients.build(SesV2Client.builder(), settings, endpoint, ANSWER_TIMEOUT), from, clock);
    }

    @Override
    public void send(Mail mail) {
        String message = MimeMessage.of(mail, from, clock.instant(), mail.eventId());
        try {
            client.sendEmail(send -> send.fromEmailAddress(from.address())
                    .destination(
                            destination -> destination.toAddresses(mail.to().address()))
                    .content(content -> content.raw(raw -> raw.data(SdkBytes.fromUtf8String(message)))));
        } catch (AwsServiceException e) {
            // What SES says about a mail may have the address in it: only its code and its own reference are passed on.
            String code = e.awsErrorDetails() == null
                    ? "no code"
                    : e.awsErrorDetails().errorCode();
            throw new MailException("SES answered " + e.statusCode() + " " + code + " (request " + e.requestId() + ")");
        } catch (SdkException e) {
            throw new MailException("SES did not answer: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
