package dev.parley.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Pulls one chunk by ranged GETs. A connection that is cut, or silent for too long, is replaced by another from the byte on that was not read: only what was lost in
 * buffers comes twice, unless the chunk turns out to be wrong.
 */
final class ChunkPull {
    private static final int BUFFER = 1 << 16;

    private final HttpClient http;
    private final ScheduledExecutorService watch;
    private final Duration silence;
    private final LongConsumer pulled;

    /**
     * @param silence the longest time without a byte
     * @param pulled is told how many bytes came
     */
    ChunkPull(HttpClient http, ScheduledExecutorService watch, Duration silence, LongConsumer pulled) {
        this.http = http;
        this.watch = watch;
        this.silence = silence;
        this.pulled = pulled;
    }

    /** Bytes of a chunk that have come so far. */
    static final class Progress {
        private final MessageDigest digest = Hashes.sha256();
        private int done;

        int done() {
            return done;
        }

        String hash() {
            return Hashes.hex(digest);
        }
    }

    /**
     * One connection's worth.
     *
     * @throws RefusedException when the store answers with a failure
     * @throws IOException when the connection ends early; what came counts
     */
    void pull(URI address, FileChannel into, long offset, int length, Progress progress)
            throws IOException, InterruptedException {
        long from = offset + progress.done;
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(silence)
                .header("Range", "bytes=" + from + "-" + (offset + length - 1))
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            boolean whole = response.statusCode() == 200 && from == 0;
            if (response.statusCode() != 206 && !whole) {
                throw new RefusedException(
                        response.statusCode() == 200 ? 502 : response.statusCode(),
                        "",
                        "the store answered " + response.statusCode(),
                        Server.retryAfter(response));
            }
            var heardAt = new AtomicLong(System.nanoTime());
            ScheduledFuture<?> watching = watch.scheduleWithFixedDelay(
                    () -> {
                        if (System.nanoTime() - heardAt.get() > silence.toNanos()) {
                            closeQuietly(body);
                        }
                    },
                    silence.toMillis(),
                    Math.max(10, silence.toMillis() / 4),
                    TimeUnit.MILLISECONDS);
            try {
                copy(body, into, offset, length, progress, heardAt);
            } finally {
                watching.cancel(false);
            }
        }
    }

    private void copy(
            InputStream body, FileChannel into, long offset, int length, Progress progress, AtomicLong heardAt)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (progress.done < length) {
            int read = body.read(buffer, 0, Math.min(BUFFER, length - progress.done));
            if (read < 0) {
                throw new IOException("the connection ended after " + progress.done + " of " + length + " bytes");
            }
            heardAt.set(System.nanoTime());
            pulled.accept(read);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                into.write(bytes, offset + progress.done + bytes.position());
            }
            progress.digest.update(buffer, 0, read);
            progress.done += read;
        }
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // whoever reads from it is told
        }
    }
}
