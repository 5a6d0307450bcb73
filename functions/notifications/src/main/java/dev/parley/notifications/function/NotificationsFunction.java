package dev.parley.notifications.function;

import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.People;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.kernel.ToldOnce;
import dev.parley.notifications.Feed;
import dev.parley.notifications.Mailbox;
import dev.parley.notifications.Mailer;
import dev.parley.notifications.NoticeDesk;
import dev.parley.notifications.Notifications;
import dev.parley.notifications.dynamo.DynamoNotices;
import dev.parley.notifications.dynamo.DynamoSockets;
import dev.parley.notifications.dynamo.DynamoTalks;
import dev.parley.notifications.folder.FolderMailer;
import dev.parley.notifications.ses.SesMailer;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.dynamo.DynamoPeople;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.lambda.JsonLog;
import dev.parley.platform.lambda.LambdaFunction;
import dev.parley.platform.lambda.Routes;
import dev.parley.platform.push.ApiGatewayPush;
import dev.parley.platform.push.Push;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.SpringBootConfiguration;

/** Notifications behind API Gateway; the feed and the mail behind the streams of the outbox, of conversations and of meetings. */
@SpringBootConfiguration(proxyBeanMethods = false)
public final class NotificationsFunction extends LambdaFunction {
    private static final String NAME = "notifications";
    private static final String MAIL = "mail.";

    @Override
    protected EventRouter wire(Settings settings) {
        InstantSource clock = InstantSource.system();
        return router(settings, mailer(settings, clock), () -> ApiGatewayPush.of(settings), clock);
    }

    private record Parts(Feed feed, NoticeDesk desk) {}

    /** @param pushes makes what reaches the sockets, when the first event comes that may have to */
    static EventRouter router(Settings settings, Mailer mailer, Supplier<Push> pushes, InstantSource clock) {
        JsonLog log = JsonLog.standard(NAME, clock);
        Dynamo dynamo = Dynamo.of(settings);
        var marks = new DynamoEphemeral(dynamo, clock);
        var notifications = new Notifications(
                settings.required(SettingKeys.PUBLIC_URL),
                mail -> {
                    mailer.send(mail);
                    log.info(mail.type() + " was sent", Map.of("request_id", mail.eventId()));
                },
                event -> log.info(event.type() + " is no mail", Map.of("request_id", event.id())));
        var mails = new ToldOnce(NAME, marks, notifications);
        Supplier<Parts> parts = once(() -> parts(clock, dynamo, pushes.get()));
        Routes.Builder routes = Routes.builder(
                JwtVerifier.access(KeyFolder.of(settings).source(KeyFolder.Name.ACCESS, clock), clock),
                new EphemeralRevocations(marks, clock),
                clock,
                log);
        return EventRouter.builder(log)
                .beforehand("marks", () -> marks.find("told#nothing"))
                .rest(new NotificationsApi(() -> parts.get().desk())
                        .addTo(routes)
                        .build())
                .outbox(event -> {
                    parts.get().feed().accept(event);
                    if (event.type().startsWith(MAIL)) {
                        mails.accept(event);
                    }
                })
                .build();
    }

    private static Parts parts(InstantSource clock, Dynamo dynamo, Push push) {
        var notices = new DynamoNotices(dynamo, clock);
        var talks = new DynamoTalks(dynamo);
        People people = new DynamoPeople(dynamo);
        var feed = new Feed(notices, talks, new DynamoSockets(dynamo, clock), new GatewayOutlet(push), people);
        return new Parts(feed, new NoticeDesk(notices, talks, people, feed, clock));
    }

    /** {@code MAIL_FOLDER} takes mail in place of SES. */
    private static Mailer mailer(Settings settings, InstantSource clock) {
        Mailbox from = Mailbox.parse(settings.required(SettingKeys.MAIL_FROM));
        Optional<URI> folder = settings.uri(SettingKeys.MAIL_FOLDER);
        return folder.isPresent()
                ? new FolderMailer(Path.of(folder.get()), from, clock)
                : SesMailer.of(settings, Optional.empty(), from, clock);
    }

    /** Makes a thing when it is first wanted, and once. */
    private static <T> Supplier<T> once(Supplier<T> maker) {
        return new Supplier<>() {
            private T made;

            @Override
            public synchronized T get() {
                if (made == null) {
                    made = Objects.requireNonNull(maker.get());
                }
                return made;
            }
        };
    }
}
