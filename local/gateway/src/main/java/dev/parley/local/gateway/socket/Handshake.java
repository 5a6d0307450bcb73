package dev.parley.local.gateway.socket;

import dev.parley.local.gateway.event.EventIds;
import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.event.IncomingRequest;
import dev.parley.local.gateway.event.ProxyReply;
import dev.parley.local.gateway.event.SocketEvent;
import dev.parley.local.gateway.function.InvocationException;
import dev.parley.local.gateway.http.Exchange;
import dev.parley.local.gateway.http.GatewayResponse;
import dev.parley.local.gateway.http.HttpReply;
import dev.parley.local.gateway.template.SocketApiSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** The upgrade: it stays pending until the authorizer and {@code $connect} have answered. */
public final class Handshake {
    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";
    private static final int ABNORMAL = 1006;

    private final SocketApi api;
    private final ServerWebSocketContainer container;
    private final Optional<Authorizer> authorizer;

    public Handshake(SocketApi api, ServerWebSocketContainer container) {
        this.api = api;
        this.container = container;
        this.authorizer = api.spec()
                .authorizer()
                .map(spec -> new Authorizer(
                        spec, api.functions().get(spec.function()), api.spec().stageVariables()));
    }

    /** Upgrades the request or answers why not. Blocks while functions run. */
    public void handle(Request request, Response response, Callback callback) {
        IncomingRequest incoming = Exchange.incoming(request);
        if (!incoming.header("Upgrade").map("websocket"::equalsIgnoreCase).orElse(false)) {
            Exchange.write(HttpReply.of(GatewayResponse.UPGRADE_REQUIRED), request, response, callback);
            return;
        }
        Instant now = api.clock().instant();
        var identity = new SocketEvent(
                EventIds.stableId(api.spec().id(), 10),
                api.spec().stage(),
                api.spec().stageVariables(),
                incoming,
                api.ids().shortId(),
                now,
                Optional.empty());
        try {
            incoming.query();
        } catch (IllegalArgumentException e) {
            Exchange.write(HttpReply.of(GatewayResponse.BAD_REQUEST), request, response, callback);
            return;
        }
        String requestId = api.ids().shortId();
        String traceId = api.ids().traceId(now.getEpochSecond());
        if (authorizer.isPresent()) {
            Authorizer.Decision decision = authorizer.get().decide(identity, requestId, traceId, now, connectTimeout());
            switch (decision) {
                case Authorizer.Decision.Refused refused -> {
                    Exchange.write(refused.reply(), request, response, callback);
                    return;
                }
                case Authorizer.Decision.Allowed allowed -> identity = identity.authorized(allowed.context());
            }
        }
        Connected connected = connect(identity, requestId, traceId, now);
        if (connected.refusal().isPresent()) {
            Exchange.write(connected.refusal().get(), request, response, callback);
            return;
        }
        upgrade(identity, connected.protocol(), request, response, callback);
    }

    private record Connected(Optional<HttpReply> refusal, Optional<String> protocol) {
        static Connected refused(HttpReply reply) {
            return new Connected(Optional.of(reply), Optional.empty());
        }
    }

    private Duration connectTimeout() {
        return Optional.ofNullable(api.spec().routes().get("$connect"))
                .map(SocketApiSpec.Route::timeout)
                .orElse(Duration.ofSeconds(29));
    }

    private Connected connect(SocketEvent identity, String requestId, String traceId, Instant now) {
        SocketApiSpec.Route route = api.spec().routes().get("$connect");
        if (route == null) {
            return new Connected(Optional.empty(), Optional.empty());
        }
        ObjectNode event = identity.connect(requestId, traceId, now);
        try {
            byte[] answer = api.functions()
                    .get(route.function())
                    .invoke(EventJson.MAPPER.writeValueAsBytes(event), route.timeout());
            ProxyReply reply = ProxyReply.parse(answer);
            if (reply.status() / 100 != 2) {
                return Connected.refused(
                        HttpReply.json(reply.status(), new String(reply.body(), StandardCharsets.UTF_8)));
            }
            return new Connected(Optional.empty(), reply.header(PROTOCOL));
        } catch (InvocationException.Throttled e) {
            return Connected.refused(HttpReply.of(GatewayResponse.THROTTLED));
        } catch (InvocationException | ProxyReply.Malformed e) {
            LOG.error("$connect of {} ({}): no answer", identity.connectionId(), requestId, e);
            return Connected.refused(HttpReply.of(GatewayResponse.INTERNAL));
        }
    }

    private void upgrade(
            SocketEvent identity, Optional<String> protocol, Request request, Response response, Callback callback) {
        List<String> offered = request.getHeaders().getValuesList(PROTOCOL).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .toList();
        Optional<String> accepted = protocol.flatMap(
                name -> offered.stream().filter(name.strip()::equalsIgnoreCase).findFirst());
        if (protocol.isPresent() && accepted.isEmpty()) {
            LOG.warn("$connect answered subprotocol {}, which the client did not offer", protocol.get());
        }
        boolean upgraded = container.upgrade(
                (upgradeRequest, upgradeResponse, upgradeCallback) -> {
                    accepted.ifPresent(upgradeResponse::setAcceptedSubProtocol);
                    upgradeResponse.setExtensions(
                            List.of()); // API Gateway compresses nothing: limits count what was sent
                    return new SocketEndpoint(api, identity);
                },
                request,
                response,
                Callback.from(callback::succeeded, failure -> {
                    api.disconnected(identity, ABNORMAL, "");
                    callback.failed(failure);
                }));
        if (!upgraded) {
            api.disconnected(identity, ABNORMAL, "");
            Exchange.write(HttpReply.of(GatewayResponse.BAD_REQUEST), request, response, callback);
        }
    }
}
