package dev.parley.local.gateway.socket;

import dev.parley.local.gateway.event.SocketEvent;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jetty's view of one socket. */
public final class SocketEndpoint implements Session.Listener.AutoDemanding {
    private static final Logger LOG = LoggerFactory.getLogger(SocketEndpoint.class);
    private static final int UNSUPPORTED = 1003;

    private final SocketApi api;
    private final SocketEvent identity;
    private volatile Connection connection;

    SocketEndpoint(SocketApi api, SocketEvent identity) {
        this.api = api;
        this.identity = identity;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        session.setIdleTimeout(Duration.ZERO); // the API's own clock decides
        session.setAutoFragment(false);
        session.setMaxFrameSize(api.limits().frameBytes());
        session.setMaxTextMessageSize(api.limits().messageBytes());
        connection = new Connection(
                identity, session, api.limits().bufferBytes(), api.clock().instant());
        api.opened(connection);
    }

    @Override
    public void onWebSocketText(String text) {
        api.received(connection, text);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        connection.close(UNSUPPORTED, "Binary frames are not supported");
    }

    @Override
    public void onWebSocketClose(int code, String reason, Callback callback) {
        callback.succeed();
        api.closed(connection, code, reason);
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        if (cause instanceof ClosedChannelException || cause instanceof EOFException) {
            LOG.debug("Socket {} was cut by its client: {}", identity.connectionId(), cause.toString());
        } else {
            LOG.info("Socket {} has failed: {}", identity.connectionId(), cause.toString());
        }
    }
}
