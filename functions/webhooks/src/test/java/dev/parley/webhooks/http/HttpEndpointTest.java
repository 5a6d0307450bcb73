package dev.parley.webhooks.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.parley.webhooks.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What servers answer, and fail to, over real sockets. */
@Tag("component")
class HttpEndpointTest {
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private HttpsServer tls;
    private HttpEndpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint = new HttpEndpoint(InetAddress::getAllByName, true, Duration.ofSeconds(3));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            calls.add(path + " " + exchange.getRequestHeaders().getFirst("webhook-id") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (path.equals("/redirect")) {
                exchange.getResponseHeaders().add("Location", "/ok");
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals("/large")) {
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    for (int i = 0; i < 100; i++) {
                        out.write(new byte[65_536]);
                    }
                }
            } else {
                exchange.sendResponseHeaders(path.equals("/ok") ? 204 : 500, -1);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() throws IOException {
        server.stop(0);
        if (tls != null) {
            tls.stop(0);
        }
        endpoint.close();
    }

    private Endpoint.Outcome post(String path) {
        return post(server.getAddress().getPort(), path);
    }

    private Endpoint.Outcome post(int port, String path) {
        return post("http", port, path);
    }

    private Endpoint.Outcome post(String scheme, int port, String path) {
        return endpoint.post(
                scheme + "://127.0.0.1:" + port + path,
                Map.of("webhook-id", "e_1"),
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theStatusDecides() {
        assertThat(post("/ok").error()).isEmpty();
        assertThat(calls).containsExactly("/ok e_1 {\"a\":1}");
        assertThat(post("/broken")).isEqualTo(new Endpoint.Outcome(500, Optional.of("status")));
    }

    @Test
    void aRedirectIsNotFollowed() {
        assertThat(post("/redirect").error()).contains("redirect");
        assertThat(calls).hasSize(1);
    }

    @Test
    void aLongAnswerIsNotReadToItsEnd() {
        assertThat(post("/large").status()).isEqualTo(200);
    }

    @Test
    void nobodyThere() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertThat(post(port, "/").error()).contains("connect");
    }

    @Test
    void whoeverAnswersNothingOrDripsIsGivenUpInTime() throws IOException {
        for (boolean drips : List.of(false, true)) {
            try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual().start(() -> hold(listener, drips));
                long began = System.nanoTime();
                assertThat(post(listener.getLocalPort(), "/").error()).contains("timeout");
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            }
        }
    }

    private static void hold(ServerSocket listener, boolean drips) {
        try (Socket socket = listener.accept()) {
            if (drips) {
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX-Drip: ".getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    socket.getOutputStream().write('x');
                    socket.getOutputStream().flush();
                    Thread.sleep(200);
                }
            }
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException | InterruptedException e) {
            // the caller has hung up
            return;
        }
    }

    @Test
    void whatIsNoHttpIsAFailedCall() throws IOException {
        for (String answer : List.of("hello\r\n\r\n", "HTTP/1.1 99999 x\r\n\r\n", "", "\u0000\u0001")) {
            try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual().start(() -> {
                    try (Socket socket = listener.accept()) {
                        socket.getInputStream().read(new byte[4096]);
                        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    } catch (IOException e) {
                        return;
                    }
                });
                assertThat(post(listener.getLocalPort(), "/").error()).isPresent();
            }
        }
    }

    @Test
    void whoeverSpeaksNoTlsOrShowsNobodysCertificateIsNotToldAnything(@TempDir Path folder) throws Exception {
        assertThat(post("https", certified(folder), "/ok").error()).contains("tls");
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    return;
                }
            });
            assertThat(post("https", plain.getLocalPort(), "/ok").error()).contains("tls");
        }
        assertThat(calls).isEmpty();
    }

    /** The port of a server that would take the call, behind a certificate that it signed itself. */
    private int certified(Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "self",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        assertThat(made).isZero();
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance(store.toFile(), password);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        tls = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tls.setHttpsConfigurator(new HttpsConfigurator(context));
        tls.createContext("/", exchange -> {
            calls.add("over TLS");
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        tls.start();
        return tls.getAddress().getPort();
    }
}
