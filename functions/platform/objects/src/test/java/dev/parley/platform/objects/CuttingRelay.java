package dev.parley.platform.objects;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes connections on to a server and cuts each after so many bytes of answers. */
final class CuttingRelay implements AutoCloseable {
    private final ServerSocket listening;
    private final URI server;
    private final long limit;
    private final AtomicInteger cuts = new AtomicInteger();

    private CuttingRelay(ServerSocket listening, URI server, long limit) {
        this.listening = listening;
        this.server = server;
        this.limit = limit;
        Thread.ofVirtual().start(this::accept);
    }

    static CuttingRelay before(URI server, long limit) throws IOException {
        return new CuttingRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server, limit);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** How many connections were cut. */
    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> relay(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket upstream = new Socket(server.getHost(), server.getPort())) {
            Thread.ofVirtual().start(() -> {
                try {
                    client.getInputStream().transferTo(upstream.getOutputStream());
                    upstream.shutdownOutput();
                } catch (IOException e) {
                    // the other direction ends too
                }
            });
            InputStream answers = upstream.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[8192];
            long passed = 0;
            for (int read; (read = answers.read(buffer)) >= 0; passed += read) {
                if (passed + read > limit) {
                    cuts.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // whoever is left sees that the connection ended
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
