package dev.parley.local.gateway;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.event.IncomingRequest;
import dev.parley.local.gateway.function.Functions;
import dev.parley.local.gateway.function.LambdaFunction;
import dev.parley.local.gateway.http.Exchange;
import dev.parley.local.gateway.http.HttpReply;
import dev.parley.local.gateway.letter.DeadLettersApi;
import dev.parley.local.gateway.letter.Letters;
import dev.parley.local.gateway.socket.ConnectionsApi;
import dev.parley.local.gateway.socket.SocketApi;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.node.ObjectNode;

/** What this machine alone reaches: {@code @connections}, {@code /dead-letters} and {@code /health}. */
final class InternalSide extends Handler.Abstract {
    private final Functions functions;
    private final Optional<SocketApi> sockets;
    private final Optional<ConnectionsApi> connections;
    private final DeadLettersApi deadLetters;

    InternalSide(Functions functions, Optional<SocketApi> sockets, List<Letters> letters) {
        this.functions = functions;
        this.sockets = sockets;
        this.connections = sockets.map(ConnectionsApi::new);
        this.deadLetters = new DeadLettersApi(letters);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        Exchange.write(reply(request), request, response, callback);
        return true;
    }

    private HttpReply reply(Request request) throws IOException {
        IncomingRequest incoming = Exchange.incoming(request);
        if (incoming.path().equals("/health")) {
            return health();
        }
        if (connections.isPresent() && connections.get().owns(incoming.path())) {
            ConnectionsApi api = connections.get();
            return api.answer(incoming, Exchange.body(request, api.bodyLimit()));
        }
        if (deadLetters.owns(incoming.path())) {
            return deadLetters.answer(incoming.method(), incoming.path());
        }
        return HttpReply.json(404, "{\"message\":\"Not Found\"}");
    }

    private HttpReply health() {
        ObjectNode health = EventJson.MAPPER.createObjectNode();
        health.put("status", "serving");
        health.put("sockets", sockets.map(SocketApi::open).orElse(0));
        ObjectNode loaded = health.putObject("functions");
        for (LambdaFunction function : functions.all()) {
            loaded.putObject(function.spec().name())
                    .put("start_ms", function.startTime().toMillis());
        }
        return HttpReply.json(200, health.toString());
    }
}
