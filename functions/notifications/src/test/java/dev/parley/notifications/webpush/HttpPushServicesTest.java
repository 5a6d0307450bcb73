package dev.parley.notifications.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kernel.Settings;
import dev.parley.notifications.PushMessage;
import dev.parley.notifications.PushServices.Answer;
import dev.parley.notifications.PushServices.Outcome;
import dev.parley.notifications.Subscription;
import dev.parley.platform.calls.OutsideCalls;
import dev.parley.platform.crypto.KeySet;
import dev.parley.platform.crypto.Vapid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What push services answer, and are sent, over real sockets. */
@Tag("component")
class HttpPushServicesTest {
    private static final Instant NOW = Instant.parse("2026-04-09T12:30:00Z");
    private static final PushMessage MESSAGE =
            new PushMessage(List.of("Grace sent you a message", "艾达 提到了您"), "/chats/d_1", Optional.of("n_1"));

    private record Call(String path, Headers headers, byte[] body) {}

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final SecureRandom random = new SecureRandom();
    private final Vapid vapid = new Vapid(KeySet.generate("push", NOW, random), "https://meet.example.org", () -> NOW);
    private final byte[] secret = new byte[16];
    private HttpServer server;
    private OutsideCalls outside;
    private HttpPushServices services;
    private KeyPair browser;

    @BeforeEach
    void open() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        browser = generator.generateKeyPair();
        random.nextBytes(secret);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            calls.add(new Call(
                    path,
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes()));
            if (path.equals("/302")) {
                exchange.getResponseHeaders().add("Location", "/201");
            }
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(1)), -1);
            exchange.close();
        });
        server.start();
        outside = new OutsideCalls(InetAddress::getAllByName, true, "Parley-Push/1.0", Duration.ofSeconds(3));
        services = new HttpPushServices(List.of("push.example.net"), outside, vapid, random);
    }

    @AfterEach
    void close() throws IOException {
        server.stop(0);
        services.close();
    }

    private Subscription subscription(String endpoint, String keyId, byte[] point) {
        Base64.Encoder text = Base64.getUrlEncoder().withoutPadding();
        return new Subscription(
                "u_ada", "ps_1", endpoint, keyId, text.encodeToString(point), text.encodeToString(secret), NOW);
    }

    private Outcome send(int port, String path, byte[] point) {
        URI endpoint = URI.create("http://127.0.0.1:" + port + path);
        String key = vapid.present().id();
        return services.send(
                endpoint,
                vapid.authorization(endpoint, key).orElseThrow(),
                subscription(endpoint.toString(), key, point),
                MESSAGE);
    }

    private Outcome send(String path) {
        return send(server.getAddress().getPort(), path, PushCipher.point((ECPublicKey) browser.getPublic()));
    }

    @Test
    void theBrowserReadsWhatTheServiceCarries() throws Exception {
        assertThat(send("/201")).isEqualTo(new Outcome(Answer.TAKEN, ""));

        Call call = calls.remove();
        assertThat(call.headers().getFirst("Content-Encoding")).isEqualTo("aes128gcm");
        assertThat(call.headers().getFirst("TTL")).isEqualTo("86400");
        assertThat(call.headers().getFirst("Urgency")).isEqualTo("normal");
        assertThat(call.headers().getFirst("Topic")).isEqualTo("n_1");
        assertThat(call.headers().getFirst("Authorization"))
                .startsWith("vapid t=")
                .endsWith(", k=" + vapid.present().point());
        assertThat(new String(decrypted(call.body()), "UTF-8"))
                .contains("Grace sent you a message", "艾达 提到了您", "\"link\":\"/chats/d_1\"");
    }

    @Test
    void theStatusDecides() {
        Map.of(
                        "/200", Answer.TAKEN,
                        "/404", Answer.GONE,
                        "/410", Answer.GONE,
                        "/429", Answer.LATER,
                        "/500", Answer.LATER,
                        "/503", Answer.LATER,
                        "/400", Answer.REFUSED,
                        "/403", Answer.REFUSED,
                        "/413", Answer.REFUSED,
                        "/302", Answer.REFUSED)
                .forEach((path, answer) ->
                        assertThat(send(path).answer()).as(path).isEqualTo(answer));
        assertThat(calls).as("redirects are not followed").hasSize(10);
    }

    @Test
    void nobodyThereIsForLater() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertThat(send(port, "/201", PushCipher.point((ECPublicKey) browser.getPublic())))
                .isEqualTo(new Outcome(Answer.LATER, "connect"));
    }

    @Test
    void aKeyThatIsNoneEndsTheSubscription() {
        byte[] point = new byte[65];
        point[0] = 4;
        assertThat(send(server.getAddress().getPort(), "/201", point)).isEqualTo(new Outcome(Answer.GONE, "key"));
        String other = "push-2020-01-01-0";
        assertThat(services.push(subscription("https://push.example.net/1", other, point), MESSAGE))
                .isEqualTo(new Outcome(Answer.GONE, "key"));
        assertThat(calls).isEmpty();
    }

    @Test
    void nothingIsSentToAHostThatIsNotNamedNorInside() throws IOException {
        byte[] point = PushCipher.point((ECPublicKey) browser.getPublic());
        String key = vapid.present().id();
        assertThat(services.push(subscription("https://elsewhere.example.net/1", key, point), MESSAGE))
                .isEqualTo(new Outcome(Answer.REFUSED, "address"));
        try (HttpPushServices inside = new HttpPushServices(
                List.of("push.example.net"),
                new OutsideCalls(
                        host -> new InetAddress[] {InetAddress.getByName("10.0.0.7")},
                        false,
                        "Parley-Push/1.0",
                        Duration.ofSeconds(3)),
                vapid,
                random)) {
            assertThat(inside.push(subscription("https://push.example.net/1", key, point), MESSAGE))
                    .isEqualTo(new Outcome(Answer.REFUSED, "address"));
        }
    }

    @Test
    void theServicesOfTheUsualBrowsersAreKnownAndNothingThatLooksLikeThem() {
        List<String> usual = HttpPushServices.hosts(Settings.of(Map.of()));
        for (String known : List.of(
                "https://fcm.googleapis.com/fcm/send/abc",
                "https://updates.push.services.mozilla.com/wpush/v2/abc",
                "https://wns2-par02p.notify.windows.com/w/?token=abc",
                "https://web.push.apple.com/abc",
                "https://FCM.googleapis.com:443/abc")) {
            assertThat(HttpPushServices.know(usual, known)).as(known).isTrue();
        }
        for (String unknown : List.of(
                "https://fcm.googleapis.com.example.net/abc",
                "https://evilfcm.googleapis.com/abc",
                "https://fcm.googleapis.com:8443/abc",
                "https://evilpush.services.mozilla.com/abc",
                "https://push.services.mozilla.com.example.net/",
                "https://169.254.169.254/abc")) {
            assertThat(HttpPushServices.know(usual, unknown)).as(unknown).isFalse();
        }
    }

    /** As a browser does. */
    private byte[] decrypted(byte[] body) throws Exception {
        byte[] salt = Arrays.copyOf(body, 16);
        byte[] point = Arrays.copyOfRange(body, 21, 86);
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(browser.getPrivate());
        agreement.doPhase(PushCipher.key(point), true);
        byte[] own = PushCipher.point((ECPublicKey) browser.getPublic());
        byte[] shared = hmac(secret, agreement.generateSecret());
        byte[] input = hmac(shared, "WebPush: info\0".getBytes("US-ASCII"), own, point, new byte[] {1});
        byte[] pseudorandom = hmac(salt, input);
        byte[] key = hmac(pseudorandom, "Content-Encoding: aes128gcm\0".getBytes("US-ASCII"), new byte[] {1});
        byte[] nonce = hmac(pseudorandom, "Content-Encoding: nonce\0".getBytes("US-ASCII"), new byte[] {1});
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(Arrays.copyOf(key, 16), "AES"),
                new GCMParameterSpec(128, Arrays.copyOf(nonce, 12)));
        byte[] text = cipher.doFinal(body, 86, body.length - 86);
        assertThat(text).endsWith(2);
        return Arrays.copyOf(text, text.length - 1);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }
}
