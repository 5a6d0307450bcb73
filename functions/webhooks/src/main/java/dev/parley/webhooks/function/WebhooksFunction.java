package dev.parley.webhooks.function;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limits;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.dynamo.DynamoRateLimiter;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.lambda.JsonLog;
import dev.parley.platform.lambda.LambdaFunction;
import dev.parley.platform.lambda.Routes;
import dev.parley.platform.queues.SqsQueue;
import dev.parley.webhooks.Announcer;
import dev.parley.webhooks.Courier;
import dev.parley.webhooks.Endpoint;
import dev.parley.webhooks.Notices;
import dev.parley.webhooks.Owners;
import dev.parley.webhooks.WebhookDesk;
import dev.parley.webhooks.dynamo.DynamoWebhooks;
import dev.parley.webhooks.dynamo.InboxNotices;
import dev.parley.webhooks.http.HttpEndpoint;
import dev.parley.webhooks.queue.SqsDispatch;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Webhooks behind API Gateway, behind the stream of what happens in meetings, and behind the queue of their deliveries. */
public final class WebhooksFunction extends LambdaFunction {
    @Override
    protected EventRouter wire(Settings settings) {
        return router(settings, InstantSource.system(), () -> HttpEndpoint.of(settings));
    }

    @Override
    protected List<Runnable> ahead() {
        return List.of(AwsClients::loadAhead, JwtVerifier::loadAhead, Dynamo::loadAhead, AwsClients::loadTrustAhead);
    }

    private record Parts(WebhookDesk desk, Announcer announcer, Owners owners, Courier courier) {}

    /** @param endpoints makes what calls other people's servers, when it is first wanted */
    static EventRouter router(Settings settings, InstantSource clock, Supplier<Endpoint> endpoints) {
        JsonLog log = JsonLog.standard("webhooks", clock);
        Dynamo dynamo = Dynamo.of(settings);
        Supplier<Parts> parts = once(() -> parts(settings, clock, dynamo, endpoints.get(), log));
        Routes.Builder routes = Routes.builder(
                JwtVerifier.access(KeyFolder.of(settings).source(KeyFolder.Name.ACCESS, clock), clock),
                new EphemeralRevocations(new DynamoEphemeral(dynamo, clock), clock),
                clock,
                log);
        return EventRouter.builder(log)
                .beforehand("webhooks", parts::get)
                .beforeSnapshot("tables", dynamo::rehearse)
                .rest(new WebhooksApi(() -> parts.get().desk()).addTo(routes).build())
                .outbox(event -> {
                    if (event.type().startsWith("account.")) {
                        parts.get().owners().accept(event);
                    } else {
                        parts.get().announcer().accept(event);
                    }
                })
                .queue(message -> {
                    SqsDispatch.Order order;
                    try {
                        order = Wire.read(message.body(), SqsDispatch.Order.class);
                    } catch (WireException e) {
                        throw new IllegalArgumentException("The message names no delivery", e);
                    }
                    return parts.get().courier().deliver(order.webhookId(), order.deliveryId(), message.receipt());
                })
                .build();
    }

    private static Parts parts(Settings settings, InstantSource clock, Dynamo dynamo, Endpoint endpoint, JsonLog log) {
        var webhooks = new DynamoWebhooks(dynamo, clock);
        var dispatch = new SqsDispatch(SqsQueue.of(settings, settings.required(SettingKeys.WEBHOOK_QUEUE)));
        var random = new SecureRandom();
        var inbox = new InboxNotices(dynamo, clock);
        Notices notices = hook -> {
            log.warn("a webhook was disabled", Map.of("webhook_id", hook.id(), "owner_id", hook.ownerId()));
            inbox.disabled(hook);
        };
        return new Parts(
                new WebhookDesk(
                        webhooks,
                        dispatch,
                        endpoint,
                        DynamoRateLimiter.of(settings, dynamo, clock, Limits.usual()),
                        new Ids(random),
                        random,
                        clock),
                new Announcer(webhooks, dispatch),
                new Owners(webhooks),
                new Courier(webhooks, dispatch, endpoint, notices, clock, random));
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
