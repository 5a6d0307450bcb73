package dev.parley.notifications.function;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.kernel.ToldOnce;
import dev.parley.notifications.Mailbox;
import dev.parley.notifications.Mailer;
import dev.parley.notifications.Notifications;
import dev.parley.notifications.folder.FolderMailer;
import dev.parley.notifications.ses.SesMailer;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.lambda.JsonLog;
import dev.parley.platform.lambda.LambdaFunction;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.SpringBootConfiguration;

/** Mail behind the stream of the outbox. */
@SpringBootConfiguration(proxyBeanMethods = false)
public final class NotificationsFunction extends LambdaFunction {
    private static final String NAME = "notifications";

    @Override
    protected EventRouter wire(Settings settings) {
        InstantSource clock = InstantSource.system();
        return router(settings, mailer(settings, clock), clock);
    }

    static EventRouter router(Settings settings, Mailer mailer, InstantSource clock) {
        JsonLog log = JsonLog.standard(NAME, clock);
        var notifications = new Notifications(
                settings.required(SettingKeys.PUBLIC_URL),
                mail -> {
                    mailer.send(mail);
                    log.info(mail.type() + " was sent", Map.of("request_id", mail.eventId()));
                },
                event -> log.info(event.type() + " is no mail", Map.of("request_id", event.id())));
        var marks = new DynamoEphemeral(Dynamo.of(settings), clock);
        return EventRouter.builder(log)
                .beforehand("marks", () -> marks.find("told#nothing"))
                .outbox(new ToldOnce(NAME, marks, notifications))
                .build();
    }

    /** {@code MAIL_FOLDER} takes mail in place of SES. */
    private static Mailer mailer(Settings settings, InstantSource clock) {
        Mailbox from = Mailbox.parse(settings.required(SettingKeys.MAIL_FROM));
        Optional<URI> folder = settings.uri(SettingKeys.MAIL_FOLDER);
        return folder.isPresent()
                ? new FolderMailer(Path.of(folder.get()), from, clock)
                : SesMailer.of(settings, Optional.empty(), from, clock);
    }
}
