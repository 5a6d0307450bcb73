package dev.parley.local.queues;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** AWS's JSON protocol, version 1.0: {@code POST /} with the action in {@code X-Amz-Target}. Signatures are not looked at. */
final class QueueHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(QueueHandler.class);
    private static final String SERVICE = "AmazonSQS.";
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private final Operations operations;

    QueueHandler(Operations operations) {
        this.operations = operations;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        String target = String.valueOf(request.getHeaders().get("X-Amz-Target"));
        try {
            if (!target.startsWith(SERVICE)) {
                throw QueueException.of("InvalidAction", "X-Amz-Target names no action of SQS");
            }
            ObjectNode answer =
                    operations.call(target.substring(SERVICE.length()), Json.MAPPER.readTree(body(request)));
            write(response, callback, 200, answer);
        } catch (JacksonException e) {
            refuse(response, callback, QueueException.of("MalformedQueryString", "The request is not JSON"));
        } catch (QueueException e) {
            refuse(response, callback, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(response, callback, "ServiceUnavailable", 503);
        } catch (RuntimeException e) {
            LOG.error("{} failed", target, e);
            fail(response, callback, "InternalFailure", 500);
        }
        return true;
    }

    private static byte[] body(Request request) throws IOException {
        try (InputStream content = Content.Source.asInputStream(request)) {
            byte[] body = content.readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                throw QueueException.of(
                        "AWS.SimpleQueueService.BatchRequestTooLong", "A request is at most " + MAX_BYTES + " bytes");
            }
            return body;
        }
    }

    private static void refuse(Response response, Callback callback, QueueException e) {
        response.getHeaders().put("x-amzn-query-error", e.queryCode() + ";Sender");
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("__type", "com.amazonaws.sqs#" + e.shape()).put("message", e.getMessage());
        write(response, callback, 400, body);
    }

    private static void fail(Response response, Callback callback, String code, int status) {
        response.getHeaders().put("x-amzn-query-error", code + ";Receiver");
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("__type", "com.amazonaws.sqs#" + code).put("message", "The queues do not answer");
        write(response, callback, status, body);
    }

    private static void write(Response response, Callback callback, int status, ObjectNode body) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }
}
