package dev.parley.local.gateway;

import dev.parley.local.gateway.event.IncomingRequest;
import dev.parley.local.gateway.http.Exchange;
import dev.parley.local.gateway.http.GatewayResponse;
import dev.parley.local.gateway.http.HttpReply;
import dev.parley.local.gateway.mail.MailPage;
import dev.parley.local.gateway.rest.RestApi;
import dev.parley.local.gateway.socket.Handshake;
import dev.parley.local.gateway.web.WebApp;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What browsers reach: the WebSocket API, the REST API, the local mail, and the web app for every other path. */
final class PublicSide extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(PublicSide.class);

    private final Optional<RestApi> rest;
    private final Optional<Handshake> socket;
    private final Optional<WebApp> webApp;
    private final Optional<MailPage> mail;
    private final String socketPath;
    private final int bodyLimitBytes;

    PublicSide(
            Optional<RestApi> rest,
            Optional<Handshake> socket,
            Optional<WebApp> webApp,
            Optional<MailPage> mail,
            String socketPath,
            int bodyLimitBytes) {
        this.rest = rest;
        this.socket = socket;
        this.webApp = webApp;
        this.mail = mail;
        this.socketPath = socketPath;
        this.bodyLimitBytes = bodyLimitBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        String path = request.getHttpURI().getPath();
        if (socket.isPresent() && path.equals(socketPath)) {
            socket.get().handle(request, response, callback);
            return true;
        }
        long began = System.nanoTime();
        HttpReply reply = reply(request, path);
        LOG.debug("{} {} {} {} ms", request.getMethod(), path, reply.status(), (System.nanoTime() - began) / 1_000_000);
        Exchange.write(reply, request, response, callback);
        return true;
    }

    private HttpReply reply(Request request, String path) throws IOException {
        IncomingRequest incoming = Exchange.incoming(request);
        if (mail.isPresent() && mail.get().owns(path)) {
            return mail.get().answer(incoming);
        }
        if (webApp.isPresent() && rest.map(api -> !api.owns(path)).orElse(true)) {
            return webApp.get().answer(incoming);
        }
        if (rest.isEmpty()) {
            return HttpReply.of(GatewayResponse.MISSING_AUTHENTICATION_TOKEN);
        }
        Optional<byte[]> body = Exchange.body(request, bodyLimitBytes);
        return body.isEmpty()
                ? HttpReply.of(GatewayResponse.REQUEST_TOO_LARGE)
                : rest.get().answer(incoming, body.get());
    }
}
