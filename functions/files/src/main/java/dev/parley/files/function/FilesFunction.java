package dev.parley.files.function;

import dev.parley.files.Blobs;
import dev.parley.files.FileNews;
import dev.parley.files.FileSweep;
import dev.parley.files.Files;
import dev.parley.files.dynamo.DynamoConversations;
import dev.parley.files.dynamo.DynamoShareNotes;
import dev.parley.files.objects.StoreBlobs;
import dev.parley.files.postgres.PostgresDevices;
import dev.parley.files.postgres.PostgresFiles;
import dev.parley.files.postgres.PostgresPushes;
import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limits;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.Settings;
import dev.parley.platform.audit.AuditTrail;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.crypto.KeySource;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.dynamo.DynamoFileWork;
import dev.parley.platform.dynamo.DynamoInbox;
import dev.parley.platform.dynamo.DynamoLimits;
import dev.parley.platform.dynamo.DynamoOutbox;
import dev.parley.platform.dynamo.DynamoPeople;
import dev.parley.platform.dynamo.DynamoRateLimiter;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.lambda.JsonLog;
import dev.parley.platform.lambda.LambdaFunction;
import dev.parley.platform.lambda.Routes;
import dev.parley.platform.nodes.DynamoDoors;
import dev.parley.platform.objects.LargeObjects;
import dev.parley.platform.postgres.Postgres;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Files, devices and pushes behind API Gateway, and what is left to do of them. */
public final class FilesFunction extends LambdaFunction {
    @Override
    protected EventRouter wire(Settings settings) {
        return router(settings, InstantSource.system(), new StoreBlobs(LargeObjects.of(settings)));
    }

    @Override
    protected List<Runnable> ahead() {
        return List.of(
                AwsClients::loadAhead,
                JwtVerifier::loadAhead,
                Dynamo::loadAhead,
                () -> Postgres.loadAhead("files"),
                AwsClients::loadTrustAhead);
    }

    static EventRouter router(Settings settings, InstantSource clock, Blobs blobs) {
        JsonLog log = JsonLog.standard("files", clock);
        KeySource access = KeyFolder.of(settings).source(KeyFolder.Name.ACCESS, clock);
        Dynamo dynamo = Dynamo.of(settings);
        Ids ids = new Ids(new SecureRandom());
        Postgres postgres = Postgres.of(settings, "files");
        Limits limits = new DynamoLimits(dynamo, clock);
        Ephemeral ephemeral = new DynamoEphemeral(dynamo, clock);
        Revocations revocations = new EphemeralRevocations(ephemeral, clock);
        Files files = new Files(
                new Files.Stores(
                        new PostgresFiles(postgres),
                        new PostgresDevices(postgres),
                        new PostgresPushes(postgres),
                        blobs,
                        new DynamoConversations(dynamo, new DynamoDoors(dynamo), clock),
                        new DynamoShareNotes(dynamo),
                        new DynamoPeople(dynamo),
                        revocations,
                        ephemeral,
                        DynamoRateLimiter.of(settings, dynamo, clock, limits),
                        limits),
                new FileNews(new DynamoOutbox(dynamo), new DynamoFileWork(dynamo), ids, clock),
                JwtIssuer.access(access, clock),
                ids,
                clock);
        AuditTrail trail = new AuditTrail(new DynamoInbox(dynamo), ids, clock, why -> log.warn(why, Map.of()));
        Routes.Builder routes = Routes.builder(JwtVerifier.access(access, clock), revocations, clock, log);
        new FileApi(files, trail).addTo(routes);
        new DeviceApi(files, trail).addTo(routes);
        new PushApi(files).addTo(routes);
        return EventRouter.builder(log)
                .beforeSnapshot("database", postgres::rehearse)
                .beforeSnapshot("tables", dynamo::rehearse)
                .rest(routes.build())
                .outbox(files::told)
                .schedule(() -> report(files.sweep().sweep(), log))
                .build();
    }

    private static void report(FileSweep.Swept swept, JsonLog log) {
        if (!swept.equals(FileSweep.Swept.NOTHING)) {
            log.info(
                    "files swept",
                    Map.of(
                            "expired", swept.expired(),
                            "unused", swept.unused(),
                            "buried", swept.buried(),
                            "rechecked", swept.rechecked(),
                            "told", swept.told(),
                            "failed", swept.failed()));
        }
    }
}
