package dev.parley.signaling.function;

import dev.parley.contracts.signaling.TicketRequest;
import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Outbox;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.kernel.SocketTicket;
import dev.parley.kernel.SocketTickets;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoChanges;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.dynamo.DynamoLimits;
import dev.parley.platform.dynamo.DynamoRateLimiter;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.AuthorizerReply;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.JsonLog;
import dev.parley.platform.lambda.LambdaFunction;
import dev.parley.platform.lambda.Routes;
import dev.parley.platform.nodes.DynamoDoors;
import dev.parley.platform.push.ApiGatewayPush;
import dev.parley.platform.push.Push;
import dev.parley.signaling.FileHints;
import dev.parley.signaling.MeetingNews;
import dev.parley.signaling.Meetings;
import dev.parley.signaling.Outlet;
import dev.parley.signaling.Relay;
import dev.parley.signaling.RoomService;
import dev.parley.signaling.Rooms;
import dev.parley.signaling.SocketCuts;
import dev.parley.signaling.SocketService;
import dev.parley.signaling.Sockets;
import dev.parley.signaling.TicketGate;
import dev.parley.signaling.TicketService;
import dev.parley.signaling.dynamo.DynamoRooms;
import dev.parley.signaling.dynamo.DynamoSockets;
import dev.parley.signaling.dynamo.LiveMeetings;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The WebSocket and its tickets behind API Gateway. */
public final class SignalingFunction extends LambdaFunction {
    @Override
    protected EventRouter wire(Settings settings) {
        return router(
                settings,
                InstantSource.system(),
                (domainName, stage) -> ApiGatewayPush.of(settings, domainName, stage));
    }

    @Override
    protected List<Runnable> ahead() {
        return List.of(AwsClients::loadAhead, JwtVerifier::loadAhead, Dynamo::loadAhead, AwsClients::loadTrustAhead);
    }

    /** Makes the client of the @connections API that an event came through. */
    interface PushFactory {
        Push at(String domainName, String stage);
    }

    static EventRouter router(Settings settings, InstantSource clock, PushFactory pushes) {
        JsonLog log = JsonLog.standard("signaling", clock);
        Dynamo dynamo = Dynamo.of(settings);
        Ephemeral ephemeral = new DynamoEphemeral(dynamo, clock);
        SocketTickets tickets = new SocketTickets(ephemeral, new Ids(new SecureRandom()));
        Revocations revocations = new EphemeralRevocations(ephemeral, clock);
        Meetings meetings = new LiveMeetings(new DynamoDoors(dynamo));
        TicketGate gate = new TicketGate(tickets, revocations, origins(settings), clock);
        RateLimiter limiter = DynamoRateLimiter.of(settings, dynamo, clock, new DynamoLimits(dynamo, clock));
        TicketService service =
                new TicketService(tickets, meetings, limiter, settings.required(SettingKeys.WS_URL), clock);
        SocketEvents events = new SocketEvents(
                (domainName, stage) -> sockets(settings, clock, dynamo, meetings, pushes.at(domainName, stage)));
        return EventRouter.builder(log)
                .beforeSnapshot("tables", dynamo::rehearse)
                .rest(routes(settings, service, revocations, clock, log))
                .authorizer(event -> {
                    Optional<SocketTicket> holder =
                            gate.admit(event.header("sec-websocket-protocol"), event.header("origin"));
                    return holder.map(ticket -> AuthorizerReply.allow(ticket.userId(), ticket.toFields()))
                            .orElseGet(AuthorizerReply::deny);
                })
                .sockets(events)
                .outbox(new ToldEvents(() -> told(settings, clock, dynamo, meetings, pushes.at("", ""))))
                .build();
    }

    private static Routes routes(
            Settings settings, TicketService service, Revocations revocations, InstantSource clock, JsonLog log) {
        KeyFolder keys = KeyFolder.of(settings);
        return Routes.builder(
                        JwtVerifier.access(keys.source(KeyFolder.Name.ACCESS, clock), clock), revocations, clock, log)
                .route(
                        "POST /api/v1/ws-tickets",
                        Access.GUEST.andDevices(),
                        request -> HttpResponse.created(service.issue(
                                request.principal(),
                                request.optionalBody(TicketRequest.class).map(TicketRequest::meetingId),
                                request.header("origin"))))
                .build();
    }

    private static SocketService sockets(
            Settings settings, InstantSource clock, Dynamo dynamo, Meetings meetings, Push push) {
        Sockets sockets = new DynamoSockets(dynamo, clock);
        Rooms rooms = new DynamoRooms(dynamo, clock);
        Outlet outlet = new GatewayOutlet(push);
        RoomService service =
                new RoomService(sockets, rooms, meetings, outlet, settings.text(SettingKeys.ICE_SERVERS, "[]"));
        Relay relay = new Relay(service, sockets, rooms, outlet);
        Outbox changes = new DynamoChanges(dynamo);
        return new SocketService(
                sockets,
                service,
                relay,
                outlet,
                (userId, connectionId) -> changes.append(OutboxEvent.once(
                        "socket.closed",
                        userId,
                        connectionId,
                        clock.instant(),
                        Map.of("user_id", userId, "connection_id", connectionId))));
    }

    private static Consumer<OutboxEvent> told(
            Settings settings, InstantSource clock, Dynamo dynamo, Meetings meetings, Push push) {
        Sockets sockets = new DynamoSockets(dynamo, clock);
        Rooms rooms = new DynamoRooms(dynamo, clock);
        Outlet outlet = new GatewayOutlet(push);
        RoomService service =
                new RoomService(sockets, rooms, meetings, outlet, settings.text(SettingKeys.ICE_SERVERS, "[]"));
        MeetingNews news = new MeetingNews(sockets, rooms, meetings, outlet);
        SocketCuts cuts = new SocketCuts(sockets, service, outlet);
        FileHints files = new FileHints(sockets, outlet);
        return event -> {
            news.tell(event);
            files.tell(event);
            cuts.accept(event);
        };
    }

    /** {@code WEB_ORIGIN}, comma separated, or the origin of {@code PUBLIC_URL}. */
    static Set<String> origins(Settings settings) {
        String listed = settings.text(SettingKeys.WEB_ORIGIN, "");
        if (!listed.isEmpty()) {
            return Arrays.stream(listed.split(","))
                    .map(String::strip)
                    .filter(origin -> !origin.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        }
        URI page = URI.create(settings.required(SettingKeys.PUBLIC_URL));
        return Set.of(page.getScheme() + "://" + page.getAuthority());
    }
}
