package dev.parley.notifications.function;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limits;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.People;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.kernel.ToldOnce;
import dev.parley.notifications.Channel;
import dev.parley.notifications.Courier;
import dev.parley.notifications.DeliveryDesk;
import dev.parley.notifications.Feed;
import dev.parley.notifications.MailException;
import dev.parley.notifications.Mailbox;
import dev.parley.notifications.Mailer;
import dev.parley.notifications.NoticeDesk;
import dev.parley.notifications.Notifications;
import dev.parley.notifications.PhoneDesk;
import dev.parley.notifications.PushServices;
import dev.parley.notifications.Reading;
import dev.parley.notifications.SubscriptionDesk;
import dev.parley.notifications.Texter;
import dev.parley.notifications.dynamo.DynamoDeliveries;
import dev.parley.notifications.dynamo.DynamoNotices;
import dev.parley.notifications.dynamo.DynamoPhones;
import dev.parley.notifications.dynamo.DynamoSockets;
import dev.parley.notifications.dynamo.DynamoSubscriptions;
import dev.parley.notifications.dynamo.DynamoTalks;
import dev.parley.notifications.dynamo.InboxPostbox;
import dev.parley.notifications.folder.FolderMailer;
import dev.parley.notifications.folder.FolderPushServices;
import dev.parley.notifications.folder.FolderTexter;
import dev.parley.notifications.folder.OutboxFolder;
import dev.parley.notifications.queue.SqsDispatch;
import dev.parley.notifications.ses.SesMailer;
import dev.parley.notifications.sns.SnsTexter;
import dev.parley.notifications.webpush.HttpPushServices;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.crypto.Vapid;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.dynamo.DynamoPeople;
import dev.parley.platform.dynamo.DynamoRateLimiter;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.lambda.JsonLog;
import dev.parley.platform.lambda.LambdaFunction;
import dev.parley.platform.lambda.Routes;
import dev.parley.platform.push.ApiGatewayPush;
import dev.parley.platform.push.Push;
import dev.parley.platform.queues.SqsQueue;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Notifications behind API Gateway; the feed and the mail behind the streams of the outbox, of conversations and of meetings. */
public final class NotificationsFunction extends LambdaFunction {
    private static final String NAME = "notifications";
    private static final String MAIL = "mail.";

    @Override
    protected EventRouter wire(Settings settings) {
        InstantSource clock = InstantSource.system();
        return router(
                settings,
                mailer(settings, clock),
                () -> ApiGatewayPush.of(settings),
                vapid -> services(settings, vapid, clock),
                texter(settings, clock),
                clock);
    }

    @Override
    protected List<Runnable> ahead() {
        return List.of(
                AwsClients::loadAhead,
                Dynamo::loadAhead,
                Dynamo::loadWritesAhead,
                SqsQueue::loadAhead,
                JwtVerifier::loadAhead,
                AwsClients::loadTrustAhead);
    }

    private record Parts(
            Feed feed,
            NoticeDesk desk,
            DeliveryDesk deliveries,
            SubscriptionDesk subscriptions,
            PhoneDesk phones,
            Courier courier) {}

    /**
     * @param pushes makes what reaches the sockets, when the first event comes that may have to
     * @param services makes what reaches browsers, likewise
     */
    static EventRouter router(
            Settings settings,
            Mailer mailer,
            Supplier<Push> pushes,
            Function<Vapid, PushServices> services,
            Texter texter,
            InstantSource clock) {
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
        Supplier<Parts> parts = once(() -> parts(settings, clock, dynamo, marks, pushes.get(), services, texter));
        Routes.Builder routes = Routes.builder(
                JwtVerifier.access(KeyFolder.of(settings).source(KeyFolder.Name.ACCESS, clock), clock),
                new EphemeralRevocations(marks, clock),
                clock,
                log);
        return EventRouter.builder(log)
                .beforehand("marks", () -> marks.find("told#" + NAME + "#nothing"))
                .beforeSnapshot("tables", dynamo::rehearse)
                .beforeSnapshot("feed", () -> parts.get().desk().rehearse())
                .rest(new NotificationsApi(
                                () -> parts.get().desk(),
                                () -> parts.get().deliveries(),
                                () -> parts.get().subscriptions(),
                                () -> parts.get().phones())
                        .addTo(routes)
                        .build())
                .queue(message -> {
                    SqsDispatch.Order order;
                    try {
                        order = Wire.read(message.body(), SqsDispatch.Order.class);
                    } catch (WireException e) {
                        throw new IllegalArgumentException("The message names no delivery", e);
                    }
                    Channel channel = Channel.of(order.channel())
                            .orElseThrow(() -> new IllegalArgumentException("The message names no channel"));
                    return parts.get()
                            .courier()
                            .deliver(order.userId(), channel, order.deliveryId(), message.receipt());
                })
                .outbox(event -> {
                    parts.get().feed().accept(event);
                    if (event.type().startsWith(MAIL)) {
                        mail(event, mails, parts);
                    }
                })
                .build();
    }

    /** A mail of what was missed is noted in the log of deliveries. */
    private static void mail(OutboxEvent event, Consumer<OutboxEvent> mails, Supplier<Parts> parts) {
        Optional<String> delivery = Optional.ofNullable(event.data().get("delivery_id"));
        try {
            mails.accept(event);
        } catch (MailException e) {
            delivery.ifPresent(id -> parts.get().courier().mailed(event.subject(), id, Optional.of("mail")));
            throw e;
        }
        delivery.ifPresent(id -> parts.get().courier().mailed(event.subject(), id, Optional.empty()));
    }

    private static Parts parts(
            Settings settings,
            InstantSource clock,
            Dynamo dynamo,
            Ephemeral marks,
            Push push,
            Function<Vapid, PushServices> services,
            Texter texter) {
        var notices = new DynamoNotices(dynamo, clock);
        var talks = new DynamoTalks(dynamo);
        var reading = new Reading(talks);
        var deliveries = new DynamoDeliveries(dynamo, clock);
        var subscriptions = new DynamoSubscriptions(dynamo);
        var phones = new DynamoPhones(dynamo);
        var random = new SecureRandom();
        var vapid = new Vapid(
                KeyFolder.of(settings).source(KeyFolder.Name.PUSH, clock),
                settings.required(SettingKeys.PUBLIC_URL),
                clock);
        PushServices carriers = services.apply(vapid);
        RateLimiter limiter = DynamoRateLimiter.of(settings, dynamo, clock, Limits.usual());
        var dispatch = new SqsDispatch(SqsQueue.of(settings, settings.required(SettingKeys.NOTIFICATION_QUEUE)));
        People people = new DynamoPeople(dynamo);
        var feed = new Feed(
                notices,
                talks,
                new DynamoSockets(dynamo, clock),
                new GatewayOutlet(push),
                people,
                deliveries,
                deliveries,
                subscriptions,
                phones,
                dispatch,
                new Ids(random));
        return new Parts(
                feed,
                new NoticeDesk(notices, reading, people, feed, clock),
                new DeliveryDesk(deliveries, deliveries, dispatch, limiter, clock),
                new SubscriptionDesk(subscriptions, carriers, () -> key(vapid), limiter, clock),
                new PhoneDesk(phones, deliveries, texter, marks, limiter, random),
                new Courier(
                        notices,
                        deliveries,
                        deliveries,
                        reading,
                        people,
                        new InboxPostbox(dynamo),
                        subscriptions,
                        carriers,
                        phones,
                        texter,
                        settings.required(SettingKeys.PUBLIC_URL),
                        dispatch,
                        clock));
    }

    private static SubscriptionDesk.Key key(Vapid vapid) {
        Vapid.Key present = vapid.present();
        return new SubscriptionDesk.Key(present.id(), present.point());
    }

    /** {@code MAIL_FOLDER} takes what is pushed, too. */
    private static PushServices services(Settings settings, Vapid vapid, InstantSource clock) {
        return settings.uri(SettingKeys.MAIL_FOLDER)
                .<PushServices>map(folder -> new FolderPushServices(
                        HttpPushServices.hosts(settings), new OutboxFolder(Path.of(folder), clock)))
                .orElseGet(() -> HttpPushServices.of(settings, vapid));
    }

    /** {@code MAIL_FOLDER} takes text messages, too. */
    private static Texter texter(Settings settings, InstantSource clock) {
        return settings.uri(SettingKeys.MAIL_FOLDER)
                .<Texter>map(folder -> new FolderTexter(new OutboxFolder(Path.of(folder), clock)))
                .orElseGet(() -> SnsTexter.of(settings, Optional.empty()));
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
