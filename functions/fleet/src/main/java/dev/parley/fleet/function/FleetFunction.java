package dev.parley.fleet.function;

import dev.parley.contracts.admin.NodeView;
import dev.parley.contracts.media.MediaOffer;
import dev.parley.contracts.media.MediaRestart;
import dev.parley.fleet.MediaExchange;
import dev.parley.fleet.nodes.LiveDoors;
import dev.parley.fleet.nodes.PlacedRoomNodes;
import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.JsonLog;
import dev.parley.platform.lambda.LambdaFunction;
import dev.parley.platform.lambda.Routes;
import dev.parley.platform.nodes.DynamoDoors;
import dev.parley.platform.nodes.DynamoLeases;
import dev.parley.platform.nodes.DynamoPlacements;
import dev.parley.platform.nodes.Leases;
import dev.parley.platform.nodes.NodeClient;
import dev.parley.platform.nodes.NodeLease;
import dev.parley.platform.nodes.RoomPlacer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/** Placement and the media exchange behind API Gateway. */
public final class FleetFunction extends LambdaFunction {
    /** An offer of every codec a browser knows is 60 kB; escaped in JSON, with room to spare. */
    private static final int MAX_OFFER_BYTES = 256 * 1024;

    @Override
    protected EventRouter wire(Settings settings) {
        return router(settings, InstantSource.system());
    }

    @Override
    protected List<Runnable> ahead() {
        return List.of(AwsClients::loadAhead, JwtVerifier::loadAhead, Dynamo::loadAhead, AwsClients::loadTrustAhead);
    }

    static EventRouter router(Settings settings, InstantSource clock) {
        JsonLog log = JsonLog.standard("fleet", clock);
        KeyFolder keys = KeyFolder.of(settings);
        Dynamo dynamo = Dynamo.of(settings);
        NodeClient client = new NodeClient(JwtIssuer.node(keys.source(KeyFolder.Name.NODE, clock), clock));
        Leases leases = new DynamoLeases(dynamo, clock);
        RoomPlacer placer = new RoomPlacer(
                leases, new DynamoPlacements(dynamo, clock), client::answers, Thread::sleep, clock, new SecureRandom());
        MediaExchange exchange = new MediaExchange(
                JwtVerifier.media(keys.source(KeyFolder.Name.MEDIA, clock), clock),
                new LiveDoors(new DynamoDoors(dynamo), clock),
                new PlacedRoomNodes(placer, client));
        Revocations revocations = new EphemeralRevocations(new DynamoEphemeral(dynamo, clock), clock);
        return EventRouter.builder(log)
                .rest(routes(exchange, leases, keys, revocations, clock, log))
                .build();
    }

    private static Routes routes(
            MediaExchange exchange,
            Leases leases,
            KeyFolder keys,
            Revocations revocations,
            InstantSource clock,
            JsonLog log) {
        return Routes.builder(
                        JwtVerifier.access(keys.source(KeyFolder.Name.ACCESS, clock), clock), revocations, clock, log)
                .route(
                        "POST /api/v1/meetings/{id}/media",
                        Access.GUEST,
                        MAX_OFFER_BYTES,
                        request -> HttpResponse.ok(exchange.open(
                                request.principal(), request.pathParameter("id"), request.body(MediaOffer.class))))
                .route(
                        "PUT /api/v1/meetings/{id}/media/{session_id}",
                        Access.GUEST,
                        MAX_OFFER_BYTES,
                        request -> HttpResponse.ok(exchange.restart(
                                request.principal(),
                                request.pathParameter("id"),
                                request.pathParameter("session_id"),
                                request.body(MediaRestart.class))))
                .route("DELETE /api/v1/meetings/{id}/media/{session_id}", Access.GUEST, request -> {
                    exchange.close(
                            request.principal(), request.pathParameter("id"), request.pathParameter("session_id"));
                    return HttpResponse.done();
                })
                .route(
                        "GET /api/v1/admin/nodes",
                        Access.roles(Role.ADMIN),
                        request -> HttpResponse.ok(leases.all().stream()
                                .map(lease -> view(lease, clock.millis()))
                                .sorted(Comparator.comparing(NodeView::nodeId))
                                .toList()))
                .build();
    }

    private static NodeView view(NodeLease lease, long nowMillis) {
        return new NodeView(
                lease.nodeId(),
                lease.live(nowMillis),
                lease.state().wire(),
                lease.admission().wire(),
                lease.rooms(),
                lease.participants(),
                lease.stress(),
                lease.region(),
                lease.mediaHost(),
                Instant.ofEpochMilli(lease.leaseExpiresMillis()));
    }
}
