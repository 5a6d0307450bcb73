package dev.parley.local.gateway;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that can misbehave: every frame is written by hand. */
final class RawSocket implements AutoCloseable {
    /** What the server sent. */
    sealed interface Received {
        record Text(String text) implements Received {}

        record Close(int code, String reason) implements Received {}

        record Lost() implements Received {}
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> frameSizes = new LinkedBlockingQueue<>();

    private RawSocket(int port, String request, boolean reading) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            out = socket.getOutputStream();
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            status = Integer.parseInt(line().split(" ")[1]);
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            socket.setSoTimeout(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (status == 101 && reading) {
            Thread.ofVirtual().start(this::read);
        }
    }

    /** Asks for an upgrade; lines are more header lines. */
    static RawSocket open(int port, String target, String... lines) {
        return new RawSocket(port, upgrade(port, target, lines), true);
    }

    /** The same by a client that never reads what it is sent. */
    static RawSocket openWithoutReading(int port, String target, String... lines) {
        return new RawSocket(port, upgrade(port, target, lines), false);
    }

    private static String upgrade(int port, String target, String... lines) {
        var request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String line : lines) {
            request.append(line).append("\r\n");
        }
        return request + "\r\n";
    }

    /** A header of the reply to {@code GET path} that names this host. */
    static String headerOf(int port, String path, String host, String name) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        try (var socket = new RawSocket(port, request, false)) {
            return socket.header(name);
        }
    }

    /** The status of a request of one line. */
    static int statusOf(int port, String line) {
        try (var socket = new RawSocket(port, line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n", false)) {
            return socket.status();
        }
    }

    int status() {
        return status;
    }

    String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    void text(String text) {
        frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    void binary(byte[] bytes) {
        frame(0x82, bytes);
    }

    /** A text in frames of {@code size} bytes. */
    void fragments(String text, int size) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += size) {
            int length = Math.min(size, bytes.length - from);
            int opcode = from == 0 ? 0x01 : 0x00;
            boolean last = from + length == bytes.length;
            frame(
                    (last ? 0x80 : 0) | opcode,
                    ByteBuffer.allocate(length).put(bytes, from, length).array());
        }
    }

    void sendClose(int code) {
        frame(0x88, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    /** The next message or close. */
    Received next() {
        try {
            Received next = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("nothing came within " + PATIENCE);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String nextText() {
        return next() instanceof Received.Text(String text) ? text : "";
    }

    int nextClose() {
        return next() instanceof Received.Close(int code, String _) ? code : 0;
    }

    int largestFrame() {
        return frameSizes.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Breaks the TCP connection without a word. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload); // a mask of zeros
        try {
            out.write(frame.array(), 0, frame.position());
            out.flush();
        } catch (IOException e) {
            // the server may have closed already; what it said is in the queue
            received.add(new Received.Lost());
        }
    }

    private void read() {
        var message = new StringBuilder();
        try {
            while (true) {
                int first = in.readUnsignedByte();
                int length = in.readUnsignedByte();
                if (length == 126) {
                    length = in.readUnsignedShort();
                } else if (length == 127) {
                    length = (int) in.readLong();
                }
                byte[] payload = new byte[length];
                in.readFully(payload);
                if ((first & 0x0F) == 8) {
                    int code = length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
                    received.add(new Received.Close(
                            code, length < 2 ? "" : new String(payload, 2, length - 2, StandardCharsets.UTF_8)));
                } else if ((first & 0x0F) <= 1) {
                    frameSizes.add(length);
                    message.append(new String(payload, StandardCharsets.UTF_8));
                    if ((first & 0x80) != 0) {
                        received.add(new Received.Text(message.toString()));
                        message.setLength(0);
                    }
                }
            }
        } catch (IOException e) {
            received.add(new Received.Lost());
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server closed after: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
