package dev.parley.messaging.function;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.Ids;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.messaging.Backlog;
import dev.parley.messaging.Messaging;
import dev.parley.messaging.dynamo.DynamoConversations;
import dev.parley.messaging.dynamo.DynamoLeases;
import dev.parley.messaging.dynamo.DynamoSharedFiles;
import dev.parley.messaging.dynamo.DynamoWords;
import dev.parley.messaging.dynamo.LiveMeetings;
import dev.parley.messaging.dynamo.RoomSockets;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.dynamo.DynamoLimits;
import dev.parley.platform.dynamo.DynamoPeople;
import dev.parley.platform.dynamo.DynamoRateLimiter;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.lambda.JsonLog;
import dev.parley.platform.lambda.LambdaFunction;
import dev.parley.platform.lambda.Routes;
import dev.parley.platform.nodes.DynamoDoors;
import dev.parley.platform.push.ApiGatewayPush;
import dev.parley.platform.push.Push;
import dev.parley.platform.queues.SqsQueue;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Instant messages behind API Gateway, what the Changes table's stream tells, and the queue of what many are told. */
public final class MessagingFunction extends LambdaFunction {
    @Override
    protected EventRouter wire(Settings settings) {
        return router(settings, InstantSource.system(), () -> ApiGatewayPush.of(settings));
    }

    @Override
    protected List<Runnable> ahead() {
        return List.of(AwsClients::loadAhead, JwtVerifier::loadAhead, Dynamo::loadAhead, AwsClients::loadTrustAhead);
    }

    /** @param pushes makes what reaches the sockets, when the first event comes that may have to */
    static EventRouter router(Settings settings, InstantSource clock, Supplier<Push> pushes) {
        JsonLog log = JsonLog.standard("messaging", clock);
        Dynamo dynamo = Dynamo.of(settings);
        Ephemeral ephemeral = new DynamoEphemeral(dynamo, clock);
        Supplier<Messaging> messaging = once(() -> messaging(settings, clock, dynamo, ephemeral, pushes.get()));
        Routes.Builder routes = Routes.builder(
                JwtVerifier.access(KeyFolder.of(settings).source(KeyFolder.Name.ACCESS, clock), clock),
                new EphemeralRevocations(ephemeral, clock),
                clock,
                log);
        return EventRouter.builder(log)
                .beforehand("messaging", messaging::get)
                .beforeSnapshot("tables", dynamo::rehearse)
                .rest(new MessagingApi(messaging).addTo(routes).build())
                .sockets(new SocketEvents(messaging))
                .outbox(event -> messaging.get().told(event))
                .queue(message -> {
                    try {
                        return messaging.get().tell(Wire.read(message.body(), Backlog.Share.class));
                    } catch (WireException e) {
                        throw new IllegalArgumentException("The message is no share", e);
                    }
                })
                .build();
    }

    private static Messaging messaging(
            Settings settings, InstantSource clock, Dynamo dynamo, Ephemeral ephemeral, Push push) {
        RoomSockets sockets = new RoomSockets(dynamo, clock);
        SecureRandom random = new SecureRandom();
        return new Messaging(
                new Messaging.Stores(
                        new DynamoConversations(dynamo, clock),
                        new DynamoWords(dynamo),
                        new DynamoLeases(dynamo, clock),
                        new LiveMeetings(new DynamoDoors(dynamo), clock),
                        sockets,
                        sockets,
                        new DynamoPeople(dynamo),
                        ephemeral,
                        DynamoRateLimiter.of(settings, dynamo, clock, new DynamoLimits(dynamo, clock)),
                        new DynamoSharedFiles(dynamo)),
                new GatewayOutlet(push),
                new QueuedShares(SqsQueue.of(settings, settings.required(SettingKeys.MESSAGING_QUEUE))),
                new Ids(random),
                random,
                clock);
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
