package dev.parley.agent;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A WebSocket server as far as the agent needs one: it says frames to everybody who is connected, and cuts them off. */
final class TestSocket implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> connected = new CopyOnWriteArrayList<>();
    private final List<String> protocols = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();

    TestSocket() throws IOException {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = listening.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                }
            } catch (IOException e) {
                // closed
            }
        });
    }

    URI address() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/ws/signaling");
    }

    int opened() {
        return opened.get();
    }

    List<String> protocols() {
        return protocols;
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            String key = "";
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.toLowerCase().startsWith("sec-websocket-key:")) {
                    key = line.substring(line.indexOf(':') + 1).strip();
                } else if (line.toLowerCase().startsWith("sec-websocket-protocol:")) {
                    protocols.add(line.substring(line.indexOf(':') + 1).strip());
                }
            }
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream()
                    .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Protocol: parley.v1\r\nSec-WebSocket-Accept: "
                                    + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            connected.add(socket);
            opened.incrementAndGet();
            while (in.readUnsignedByte() == 0x81) {
                in.skipNBytes(4 + (in.readUnsignedByte() & 0x7f)); // short texts, masked: pings
                say(socket, "{\"type\":\"pong\"}");
            }
        } catch (IOException e) {
            // gone
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            connected.remove(socket);
        }
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int one = in.read(); one >= 0 && one != '\n'; one = in.read()) {
            if (one != '\r') {
                line.append((char) one);
            }
        }
        return line.toString();
    }

    /** Says a text of at most 65535 bytes. */
    void say(String text) throws IOException {
        for (Socket socket : connected) {
            say(socket, text);
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        OutputStream out = socket.getOutputStream();
        synchronized (socket) {
            out.write(0x81);
            if (payload.length < 126) {
                out.write(payload.length);
            } else {
                out.write(126);
                out.write(payload.length >> 8);
                out.write(payload.length & 0xff);
            }
            out.write(payload);
            out.flush();
        }
    }

    void cutEverybodyOff() throws IOException {
        for (Socket socket : connected) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cutEverybodyOff();
    }
}
