package dev.parley.platform.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Against servers of which the runtime is told to trust one. */
class SystemTrustTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final char[] PASSWORD = "for-a-test".toCharArray();

    @TempDir
    static Path folder;

    private static HttpsServer known;
    private static HttpsServer stranger;

    @BeforeAll
    static void start() throws Exception {
        known = server("known");
        stranger = server("stranger");
        System.setProperty(TRUST_STORE, folder.resolve("known.p12").toString());
        System.setProperty(TRUST_STORE_PASSWORD, new String(PASSWORD));
        SystemTrust.load();
    }

    @AfterAll
    static void stop() {
        known.stop(0);
        stranger.stop(0);
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
    }

    @Test
    void whomTheRuntimeTrustsIsTrusted() throws IOException {
        assertThat(status("localhost", known)).isEqualTo(204);
    }

    @Test
    void aStrangerIsNot() {
        assertThatThrownBy(() -> status("localhost", stranger)).isInstanceOf(SSLException.class);
    }

    @Test
    void somebodyKnownUnderAnotherNameIsNot() {
        assertThatThrownBy(() -> status("127.0.0.1", known)).isInstanceOf(SSLException.class);
    }

    private static int status(String host, HttpsServer server) throws IOException {
        URI uri = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
        try (SdkHttpClient client = AwsClients.http(Duration.ofSeconds(30)).build()) {
            return client.prepareRequest(HttpExecuteRequest.builder()
                            .request(SdkHttpRequest.builder()
                                    .method(SdkHttpMethod.GET)
                                    .uri(uri)
                                    .build())
                            .build())
                    .call()
                    .httpResponse()
                    .statusCode();
        }
    }

    /** One whose certificate is its own and says {@code localhost}. */
    private static HttpsServer server(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
