package dev.parley.identity.function;

import dev.parley.identity.AccountCare;
import dev.parley.identity.AccountStatus;
import dev.parley.identity.Accounts;
import dev.parley.identity.Deletions;
import dev.parley.identity.Directory;
import dev.parley.identity.IdentityEvents;
import dev.parley.identity.Login;
import dev.parley.identity.NamedAccounts;
import dev.parley.identity.PasswordResets;
import dev.parley.identity.Passwords;
import dev.parley.identity.Pictures;
import dev.parley.identity.ResetCodes;
import dev.parley.identity.Sessions;
import dev.parley.identity.dynamo.DynamoSessions;
import dev.parley.identity.pictures.ObjectPictures;
import dev.parley.identity.postgres.PostgresAccountRegister;
import dev.parley.identity.postgres.PostgresAccounts;
import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Outbox;
import dev.parley.kernel.PasswordHasher;
import dev.parley.kernel.People;
import dev.parley.kernel.Person;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.Settings;
import dev.parley.platform.audit.AuditLog;
import dev.parley.platform.audit.AuditTrail;
import dev.parley.platform.audit.DynamoAuditHeads;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.crypto.Argon2Hasher;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.crypto.KeySource;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoChanges;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.dynamo.DynamoFileWork;
import dev.parley.platform.dynamo.DynamoInbox;
import dev.parley.platform.dynamo.DynamoLimits;
import dev.parley.platform.dynamo.DynamoMeetingEvents;
import dev.parley.platform.dynamo.DynamoOutbox;
import dev.parley.platform.dynamo.DynamoPeople;
import dev.parley.platform.dynamo.DynamoRateLimiter;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.JsonLog;
import dev.parley.platform.lambda.LambdaFunction;
import dev.parley.platform.lambda.Routes;
import dev.parley.platform.objects.Objects;
import dev.parley.platform.postgres.Postgres;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Accounts and sessions behind API Gateway. */
public final class IdentityFunction extends LambdaFunction {
    @Override
    protected EventRouter wire(Settings settings) {
        return router(settings, InstantSource.system(), new SecureRandom());
    }

    @Override
    protected List<Runnable> ahead() {
        return List.of(
                AwsClients::loadAhead,
                JwtVerifier::loadAhead,
                JwtIssuer::loadAhead,
                Dynamo::loadAhead,
                () -> Postgres.loadAhead("identity", "audit"),
                EventRouter::loadBodiesAhead,
                Argon2Hasher::loadAhead,
                Dynamo::loadWritesAhead,
                AwsClients::loadTrustAhead);
    }

    /** The function over the stores that the settings name. Nothing is connected before the first request. */
    static EventRouter router(Settings settings, InstantSource clock, SecureRandom random) {
        return router(settings, clock, random, outbox -> outbox);
    }

    /** @param telling what is put around the outbox */
    static EventRouter router(
            Settings settings, InstantSource clock, SecureRandom random, UnaryOperator<Outbox> telling) {
        JsonLog log = JsonLog.standard("identity", clock);
        KeySource keys = KeyFolder.of(settings).source(KeyFolder.Name.ACCESS, clock);
        Dynamo dynamo = Dynamo.of(settings);
        Ephemeral ephemeral = new DynamoEphemeral(dynamo, clock);
        Ids ids = new Ids(random);
        PasswordHasher hasher = new Argon2Hasher(random);
        DynamoLimits limits = new DynamoLimits(dynamo, clock);
        RateLimiter limiter = DynamoRateLimiter.of(settings, dynamo, clock, limits);
        Outbox outbox = telling.apply(new DynamoOutbox(dynamo));
        IdentityEvents events = new IdentityEvents(outbox, ids, clock);
        Postgres postgres = Postgres.of(settings, "identity", "audit");
        People people = new DynamoPeople(dynamo);
        NamedAccounts store = new NamedAccounts(new PostgresAccounts(postgres), people);
        Sessions sessions =
                new Sessions(new DynamoSessions(dynamo, clock), JwtIssuer.access(keys, clock), events, ids, clock);
        Login login = new Login(store, sessions, hasher, limiter, ephemeral, clock);
        Passwords passwords = new Passwords(store, sessions, hasher, clock);
        PasswordResets resets =
                new PasswordResets(store, passwords, hasher, limiter, ephemeral, events, new ResetCodes(random), ids);
        Revocations revocations = new EphemeralRevocations(ephemeral, clock);
        AuditLog audit = new AuditLog(postgres, new DynamoAuditHeads(dynamo), why -> log.warn(why, Map.of()));
        AccountCare care = new AccountCare(
                store.register(new PostgresAccountRegister(postgres, store, audit, clock)),
                sessions,
                revocations,
                everybody(dynamo, outbox),
                ids,
                clock);

        Directory directory = new Directory(store, people, limiter);
        Pictures pictures = new ObjectPictures(Objects.of(settings), ids);

        RefreshCookie cookie = RefreshCookie.of(settings);
        SessionApi session = new SessionApi(login, sessions, cookie);
        Deletions deletions = new Deletions(
                store,
                sessions,
                pictures,
                hasher,
                limiter,
                new IdentityEvents(everybody(dynamo, outbox), ids, clock),
                new DynamoInbox(dynamo),
                revocations,
                clock);
        AccountApi account = new AccountApi(
                new Accounts(store, sessions, passwords, pictures, hasher, limiter, events, ids, clock),
                resets,
                deletions,
                cookie);
        Routes.Builder routes = Routes.builder(JwtVerifier.access(keys, clock), revocations, clock, log)
                .route("POST /api/v1/register", Access.OPEN, account::register)
                .route("POST /api/v1/auth/register", Access.OPEN, account::register)
                .route("POST /api/v1/login", Access.OPEN, session::signIn)
                .route("POST /api/v1/auth/login", Access.OPEN, session::signIn)
                .route("POST /api/v1/refresh-token", Access.OPEN, session::refresh)
                .route("POST /api/v1/auth/refresh", Access.OPEN, session::refresh)
                .route("GET /api/v1/csrf-token", Access.OPEN, session::csrfToken)
                .route("POST /api/v1/forgot-password", Access.OPEN, account::forgotPassword)
                .route("POST /api/v1/auth/forgot-password", Access.OPEN, account::forgotPassword)
                .route("POST /api/v1/reset-password", Access.OPEN, account::resetPassword)
                .route("POST /api/v1/auth/reset-password", Access.OPEN, account::resetPassword)
                .route("GET /api/v1/sessions", Access.USER, session::list)
                .route("DELETE /api/v1/sessions/{id}", Access.USER, session::end)
                .route("POST /api/v1/logout", Access.USER, session::signOut)
                .route("POST /api/v1/logout-all", Access.USER, session::signOutEverywhere)
                .route("GET /api/v1/profile", Access.USER, account::readProfile)
                .route("PUT /api/v1/profile", Access.USER, account::updateProfile)
                .route("GET /api/v1/users/profile", Access.USER, account::readProfile)
                .route("PUT /api/v1/users/profile", Access.USER, account::updateProfile)
                .route("POST /api/v1/change-password", Access.USER, account::changePassword)
                .route("POST /api/v1/users/change-password", Access.USER, account::changePassword)
                .route("POST /api/v1/upload-avatar", Access.USER, AccountApi.LARGEST_PICTURE, account::uploadAvatar)
                .route(
                        "POST /api/v1/users/upload-avatar",
                        Access.USER,
                        AccountApi.LARGEST_PICTURE,
                        account::uploadAvatar)
                .route("DELETE /api/v1/account", Access.USER, account::delete)
                .route("DELETE /api/v1/users/account", Access.USER, account::delete)
                .route(
                        "GET /api/v1/users/lookup",
                        Access.USER,
                        request -> HttpResponse.ok(directory.find(
                                request.principal(),
                                request.queryParameter("username").orElse(""))))
                .route("GET /.well-known/jwks.json", Access.OPEN, request -> publicKeys(keys));
        new HealthApi(postgres, ephemeral).addTo(routes);
        new AdminApi(care, pictures).addTo(routes);
        new AuditApi(audit, ids, clock).addTo(routes);
        new LimitsApi(limits, audit, ids, clock).addTo(routes);
        return EventRouter.builder(log)
                .beforeSnapshot("database", postgres::rehearse)
                .beforeSnapshot("tables", dynamo::rehearse)
                .beforeSnapshot("passwords", () -> hasher.verifyNobody(""))
                .rest(routes.build())
                .outbox(event -> {
                    switch (event.type()) {
                        case "webhook.disabled" ->
                            store.find(event.subject()).ifPresent(owner -> events.webhookDisabled(owner, event));
                        case "notice.mail" ->
                            store.find(event.subject())
                                    .filter(reader -> reader.status() == AccountStatus.ACTIVE)
                                    .ifPresent(reader -> events.digest(reader, event));
                        case "invitation.sent", "invitation.cancelled" ->
                            store.findByLogin(event.data().getOrDefault("email", ""))
                                    .filter(guest -> guest.status() == AccountStatus.ACTIVE)
                                    .ifPresent(guest -> events.invited(guest, event));
                        case Deletions.LEAVING -> deletions.finish(event);
                        default -> AuditTrail.chain(event, audit);
                    }
                })
                .build();
    }

    /**
     * Those inside, who have the media, the files and the devices, and those outside, who have the sockets; of an account that is gone also
     * those who have what it wrote, which has no name from now on. Its webhooks hear of all of that, and of a new role, which concerns nobody else.
     */
    static Outbox everybody(Dynamo dynamo, Outbox outside) {
        Outbox inside = new DynamoInbox(dynamo);
        Outbox files = new DynamoFileWork(dynamo);
        Outbox messaging = new DynamoChanges(dynamo);
        Outbox webhooks = new DynamoMeetingEvents(dynamo);
        People people = new DynamoPeople(dynamo);
        return event -> {
            if (event.type().startsWith("account.")) {
                webhooks.append(event);
            }
            if (event.type().equals("account.role_changed")) {
                return;
            }
            inside.append(event);
            files.append(event);
            outside.append(event);
            if (event.type().equals("account.deleted")) {
                people.put(Person.gone(event.subject()));
                messaging.append(event);
            }
        };
    }

    private static HttpResponse publicKeys(KeySource keys) {
        return HttpResponse.raw(200, "application/json", keys.keys().publicJson())
                .with("Cache-Control", "public, max-age=300");
    }
}
