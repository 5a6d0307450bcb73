package dev.parley.local.gateway.http;

import dev.parley.local.gateway.event.IncomingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Between Jetty's request and response and the gateway's own. */
public final class Exchange {
    private static final int DROP_BYTES = 16 * 1024;

    private Exchange() {}

    /** The request's line and headers. */
    public static IncomingRequest incoming(Request request) {
        var headers = new ArrayList<IncomingRequest.Header>();
        for (HttpField field : request.getHeaders()) {
            headers.add(new IncomingRequest.Header(field.getName(), field.getValue() == null ? "" : field.getValue()));
        }
        String query = request.getHttpURI().getQuery();
        return new IncomingRequest(
                request.getMethod(),
                request.getHttpURI().getPath(),
                query == null ? "" : query,
                headers,
                sourceIp(request),
                request.getConnectionMetaData().getProtocol(),
                request.isSecure() ? "https" : "http");
    }

    /**
     * The whole body; empty when it is longer than {@code limitBytes}.
     *
     * @throws IOException when the client breaks off
     */
    public static Optional<byte[]> body(Request request, int limitBytes) throws IOException {
        try (InputStream content = Content.Source.asInputStream(request)) {
            byte[] body = content.readNBytes(limitBytes + 1);
            if (body.length <= limitBytes) {
                return Optional.of(body);
            }
            // A client that still writes would not see the refusal: as much again is read and dropped.
            byte[] dropped = new byte[DROP_BYTES];
            int left = limitBytes;
            for (int read = 0; read >= 0 && left > 0; left -= read) {
                read = content.read(dropped);
            }
            return Optional.empty();
        }
    }

    /** Writes a reply and completes the exchange. */
    public static void write(HttpReply reply, Request request, Response response, Callback callback) {
        response.setStatus(reply.status());
        reply.headers()
                .forEach((name, values) ->
                        values.forEach(value -> response.getHeaders().add(name, value)));
        boolean head = request.getMethod().equals("HEAD");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
        response.write(true, head ? null : ByteBuffer.wrap(reply.body()), callback);
    }

    private static String sourceIp(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "127.0.0.1";
    }
}
