package dev.parley.local.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * AWS Lambda's Runtime API on loopback: what a runtime interface client polls for invocations and answers to. A client that was started for
 * a snapshot asks to be restored before its first invocation; it waits here until {@link #restore}.
 *
 * <p>Source: "Using the Lambda runtime API", version 2018-06-01.
 */
final class RuntimeApi implements AutoCloseable {
    private static final String INVOCATION = "/2018-06-01/runtime/invocation/";

    private final HttpServer server;
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final ConcurrentHashMap<String, Invocation> running = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> broken = new CompletableFuture<>();
    private final CompletableFuture<Void> primed = new CompletableFuture<>();
    private final CountDownLatch restored = new CountDownLatch(1);

    private record Invocation(String id, byte[] event, CompletableFuture<byte[]> reply) {}

    RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    /** What goes into {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Invokes the function once and waits for its answer.
     *
     * @throws IllegalStateException when the function reports an error or does not answer in time
     */
    byte[] invoke(byte[] event, Duration patience) {
        Invocation invocation = new Invocation(UUID.randomUUID().toString(), event, new CompletableFuture<>());
        running.put(invocation.id(), invocation);
        waiting.add(invocation);
        return await(invocation.reply(), patience);
    }

    /** Waits until the function is ready for its snapshot. @throws IllegalStateException when it fails before, or is not ready in time */
    void awaitSnapshot(Duration patience) {
        await(primed, patience);
    }

    /** Its process is over: nobody will answer. @param log what it printed */
    void ended(int exitValue, Path log) {
        broken.completeExceptionally(
                new IllegalStateException("the function's process ended with " + exitValue + ", see " + log));
    }

    /** Wakes the function up as if from its snapshot. */
    void restore() {
        restored.countDown();
    }

    private <T> T await(CompletableFuture<T> outcome, Duration patience) {
        try {
            CompletableFuture.anyOf(outcome, broken).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return outcome.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer within " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            if (path.equals(INVOCATION + "next")) {
                next(exchange);
            } else if (path.startsWith(INVOCATION) && path.endsWith("/response")) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                finish(path).reply().complete(body);
                exchange.sendResponseHeaders(202, -1);
            } else if (path.startsWith(INVOCATION) && path.endsWith("/error")) {
                String error = text(exchange);
                finish(path).reply().completeExceptionally(new IllegalStateException("the function failed: " + error));
                exchange.sendResponseHeaders(202, -1);
            } else if (path.endsWith("/runtime/restore/next")) {
                restoreNext(exchange);
            } else if (path.endsWith("/init/error") || path.endsWith("/restore/error")) {
                broken.completeExceptionally(
                        new IllegalStateException("the function did not start: " + text(exchange)));
                exchange.sendResponseHeaders(202, -1);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        try {
            Invocation invocation = waiting.take();
            var headers = exchange.getResponseHeaders();
            headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
            headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 30_000));
            headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:parley");
            headers.set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, invocation.event().length);
            exchange.getResponseBody().write(invocation.event());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void restoreNext(HttpExchange exchange) throws IOException {
        primed.complete(null);
        try {
            restored.await();
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static UncheckedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UncheckedIOException(new IOException(e));
    }

    private Invocation finish(String path) {
        String id = path.substring(INVOCATION.length(), path.lastIndexOf('/'));
        Invocation invocation = running.remove(id);
        if (invocation == null) {
            throw new IllegalStateException("answer to an unknown invocation " + id);
        }
        return invocation;
    }

    private static String text(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
