package dev.parley.platform.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.kernel.SettingsException;
import dev.parley.kernel.Sha256;
import dev.parley.local.stores.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files on their way through an S3 server: what its users may do with the addresses that they are given, and what they may not. */
@Tag("component")
class LargeObjectsTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final String TYPE = "application/pdf";
    private static final byte[] TEXT = "a small file".getBytes(StandardCharsets.UTF_8);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Stores stores;
    private static LargeObjects objects;

    @BeforeAll
    static void start() {
        stores = Stores.temporary().withFiles();
        objects = LargeObjects.of(stores.settings());
    }

    @AfterAll
    static void stop() {
        stores.close();
        HTTP.close();
    }

    private static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static HttpResponse<byte[]> send(SignedRequest request, byte[] body, String... moreHeaders) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(request.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        request.headers().forEach(builder::header);
        if (moreHeaders.length > 0) {
            builder.headers(moreHeaders);
        }
        return send(builder);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static void sendPart(String key, String upload, int number, byte[] part) {
        SignedRequest address = objects.part(key, upload, number, part.length, Sha256.of(part));
        HttpResponse<byte[]> response = send(address, part);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    }

    private static void store(String key, byte[] content) {
        String upload = objects.begin(key, TYPE);
        for (int offset = 0, number = 1; offset < content.length; offset += 5 * MEBIBYTE, number++) {
            sendPart(
                    key,
                    upload,
                    number,
                    Arrays.copyOfRange(content, offset, Math.min(content.length, offset + 5 * MEBIBYTE)));
        }
        assertThat(objects.finish(key, upload, objects.parts(key, upload).orElseThrow()))
                .isEqualTo(Finish.DONE);
    }

    @Test
    void aFileArrivesInPartsInAnyOrderAndIsReadAgain() throws IOException {
        byte[] content = bytes(11 * MEBIBYTE + 17, 1);
        String key = "uploads/f_1";
        String upload = objects.begin(key, TYPE);
        byte[] third = Arrays.copyOfRange(content, 10 * MEBIBYTE, content.length);
        sendPart(key, upload, 3, third);
        sendPart(key, upload, 1, Arrays.copyOfRange(content, 0, 5 * MEBIBYTE));

        LargeObjects later = LargeObjects.of(stores.settings());
        assertThat(later.parts(key, upload).orElseThrow())
                .extracting(Part::number, Part::size)
                .containsExactly(tuple(1, 5L * MEBIBYTE), tuple(3, (long) third.length));
        assertThat(later.stat(key)).as("nothing is there before it is finished").isEmpty();
        sendPart(key, upload, 2, Arrays.copyOfRange(content, 5 * MEBIBYTE, 10 * MEBIBYTE));
        assertThat(later.finish(key, upload, later.parts(key, upload).orElseThrow()))
                .isEqualTo(Finish.DONE);

        assertThat(objects.stat(key).orElseThrow().size()).isEqualTo(content.length);
        try (InputStream all = objects.open(key, 0, Long.MAX_VALUE).orElseThrow()) {
            assertThat(Sha256.of(all.readAllBytes())).isEqualTo(Sha256.of(content));
        }
        try (InputStream some = objects.open(key, 5 * MEBIBYTE - 3, 6).orElseThrow()) {
            assertThat(some.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 5 * MEBIBYTE - 3, 5 * MEBIBYTE + 3));
        }
        try (InputStream behind = objects.open(key, content.length, 1).orElseThrow()) {
            assertThat(behind.readAllBytes()).isEmpty();
        }
        assertThat(objects.open("uploads/nothing", 0, 1)).isEmpty();
    }

    @Test
    void anAddressTakesThePartThatWasSignedAndNoOther() {
        byte[] part = bytes(100_000, 2);
        String key = "uploads/f_2";
        String upload = objects.begin(key, TYPE);
        SignedRequest address = objects.part(key, upload, 1, part.length, Sha256.of(part));
        assertThat(address.method()).isEqualTo("PUT");

        byte[] others = part.clone();
        others[99_999] ^= 1;
        HttpResponse<byte[]> wrongBytes = send(address, others);
        assertThat(wrongBytes.statusCode()).isEqualTo(400);
        assertThat(text(wrongBytes)).contains("BadDigest");
        assertThat(send(address, Arrays.copyOf(part, 99_999)).statusCode()).isEqualTo(403);
        assertThat(send(address, Arrays.copyOf(part, 100_001)).statusCode()).isEqualTo(403);
        assertThat(send(new SignedRequest("PUT", address.uri(), Map.of(), address.expiresAt()), part)
                        .statusCode())
                .as("without the checksum")
                .isEqualTo(403);
        URI second = URI.create(address.uri().toString().replace("partNumber=1", "partNumber=2"));
        assertThat(send(new SignedRequest("PUT", second, address.headers(), address.expiresAt()), part)
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(new SignedRequest("GET", address.uri(), address.headers(), address.expiresAt()), null)
                        .statusCode())
                .isEqualTo(403);
        assertThat(objects.parts(key, upload).orElseThrow()).isEmpty();

        assertThat(send(address, part).statusCode()).isEqualTo(200);
        assertThat(send(address, part).statusCode()).as("again").isEqualTo(200);
        assertThat(objects.parts(key, upload).orElseThrow()).hasSize(1);
        objects.abandon(key, upload);
    }

    @Test
    void anAddressAnswersTheFileAsItWasSigned() {
        byte[] content = bytes(3 * MEBIBYTE, 3);
        objects.put("content/three", content, TYPE);

        SignedRequest whole = objects.read("content/three", Reading.of("Plän \"für\" 明日.pdf", "text/plain"));
        HttpResponse<byte[]> all = send(whole, null);
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body()).isEqualTo(content);
        assertThat(all.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(all.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"Pl_n _f_r_ __.pdf\"; "
                        + "filename*=UTF-8''Pl%C3%A4n%20%22f%C3%BCr%22%20%E6%98%8E%E6%97%A5.pdf");
        HttpResponse<byte[]> some = send(whole, null, "Range", "bytes=10-19");
        assertThat(some.statusCode()).isEqualTo(206);
        assertThat(some.body()).isEqualTo(Arrays.copyOfRange(content, 10, 20));
        assertThat(some.headers().firstValue("Content-Range")).contains("bytes 10-19/" + content.length);
        assertThat(send(whole, null, "Range", "bytes=" + content.length + "-").statusCode())
                .isEqualTo(416);

        SignedRequest chunk =
                objects.read("content/three", Reading.of("x", TYPE).bytes(MEBIBYTE, 2 * MEBIBYTE - 1));
        assertThat(chunk.headers()).containsOnly(Map.entry("range", "bytes=1048576-2097151"));
        HttpResponse<byte[]> second = send(chunk, null);
        assertThat(second.statusCode()).isEqualTo(206);
        assertThat(second.body()).isEqualTo(Arrays.copyOfRange(content, MEBIBYTE, 2 * MEBIBYTE));
        SignedRequest wider =
                new SignedRequest("GET", chunk.uri(), Map.of("Range", "bytes=0-2097151"), chunk.expiresAt());
        assertThat(send(wider, null).statusCode()).isEqualTo(403);

        assertThat(send(
                                objects.read(
                                        "content/three",
                                        Reading.of("a.png", "image/png").shown()),
                                null)
                        .headers()
                        .firstValue("Content-Disposition"))
                .contains("inline; filename=\"a.png\"; filename*=UTF-8''a.png");
        assertThat(send(objects.read("content/nothing", Reading.of("x", TYPE)), null)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void nobodyReadsOrWritesWithoutAnAddressThatIsStillGood() {
        objects.put("content/four", TEXT, TYPE);
        LargeObjects brief = BucketLargeObjects.of(Bucket.of(stores.settings()), Duration.ofSeconds(1), MEBIBYTE);
        SignedRequest soonOver = brief.read("content/four", Reading.of("x", TYPE));
        SignedRequest good = objects.read("content/four", Reading.of("x", TYPE));
        assertThat(Duration.between(Instant.now(), good.expiresAt()))
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> send(soonOver, null).statusCode() == 403);
        assertThat(text(send(soonOver, null))).contains("expired");
        assertThat(send(good, null).body()).isEqualTo(TEXT);
        URI bare = URI.create(good.uri().toString().replaceFirst("\\?.*", ""));
        assertThat(send(HttpRequest.newBuilder(bare)).statusCode()).isEqualTo(403);
        assertThat(send(HttpRequest.newBuilder(bare).PUT(BodyPublishers.ofByteArray(TEXT)))
                        .statusCode())
                .isEqualTo(403);
        URI other = URI.create(good.uri().toString().replace("/content/four", "/content/five"));
        assertThat(send(HttpRequest.newBuilder(other)).statusCode()).isEqualTo(403);

        Map<String, String> stranger = new HashMap<>(stores.values());
        stranger.put(SettingKeys.FILES_SECRET_KEY, "guessed");
        assertThat(send(LargeObjects.of(Settings.of(stranger)).read("content/four", Reading.of("x", TYPE)), null)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void anUploadIsFinishedOnceAndWholeOrNotAtAll() {
        byte[] first = bytes(5 * MEBIBYTE, 5);
        String key = "uploads/f_5";
        String upload = objects.begin(key, TYPE);
        assertThat(objects.finish(key, upload, List.of())).isEqualTo(Finish.REFUSED);
        sendPart(key, upload, 1, first);
        List<Part> arrived = objects.parts(key, upload).orElseThrow();
        Part neverSent = new Part(2, 10, arrived.getFirst().etag(), Optional.empty());
        assertThat(objects.finish(key, upload, List.of(arrived.getFirst(), neverSent)))
                .isEqualTo(Finish.REFUSED);
        Part another = new Part(1, first.length, "\"00000000000000000000000000000000\"", Optional.empty());
        assertThat(objects.finish(key, upload, List.of(another))).isEqualTo(Finish.REFUSED);
        assertThat(objects.stat(key)).isEmpty();

        assertThat(objects.finish(key, upload, arrived)).isEqualTo(Finish.DONE);
        assertThat(objects.parts(key, upload)).isEmpty();
        assertThat(objects.finish(key, upload, arrived)).as("again").isEqualTo(Finish.DONE);
        assertThat(objects.finish("uploads/f_none", upload, arrived)).isEqualTo(Finish.GONE);
    }

    @Test
    void whatIsAbandonedLeavesNothing() {
        String key = "abandoned/f_6";
        String upload = objects.begin(key, TYPE);
        sendPart(key, upload, 1, TEXT);
        assertThat(objects.uploads("abandoned/", 10))
                .singleElement()
                .satisfies(one -> assertThat(one.key()).isEqualTo(key))
                .satisfies(one -> assertThat(one.id()).isEqualTo(upload));

        objects.abandon(key, upload);
        objects.abandon(key, upload);

        assertThat(objects.uploads("abandoned/", 10)).isEmpty();
        assertThat(objects.parts(key, upload)).isEmpty();
        assertThat(objects.list("abandoned/", "", 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {5 * MEBIBYTE, 512 * MEBIBYTE})
    void aCopyIsTheSameBytesInOneRequestOrInSeveral(long atOnce) throws IOException {
        byte[] content = bytes(11 * MEBIBYTE, 7);
        store("quarantine/f_7", content);
        LargeObjects copies =
                BucketLargeObjects.of(Bucket.of(stores.settings()), LargeObjects.ADDRESS_LIFETIME, atOnce);
        String target = "content/copy-" + atOnce;

        assertThat(copies.copy("quarantine/f_7", target, "image/png")).isTrue();
        assertThat(copies.copy("quarantine/f_7", target, "image/png"))
                .as("again")
                .isTrue();
        assertThat(copies.copy("quarantine/nothing", target, "image/png")).isFalse();

        try (InputStream all = objects.open(target, 0, Long.MAX_VALUE).orElseThrow()) {
            assertThat(Sha256.of(all.readAllBytes())).isEqualTo(Sha256.of(content));
        }
        assertThat(objects.uploads("content/copy", 10)).isEmpty();
        objects.remove("quarantine/f_7");
        objects.remove("quarantine/f_7");
        assertThat(objects.stat("quarantine/f_7")).isEmpty();
        assertThat(objects.stat(target)).isPresent();
    }

    @Test
    void objectsAreListedPageByPage() {
        for (String name : List.of("a", "b/c", "d", "e")) {
            objects.put("sweep/" + name, TEXT, TYPE);
        }
        objects.put("swept", TEXT, TYPE);

        List<StoredObject> page = objects.list("sweep/", "", 3);
        assertThat(page).extracting(StoredObject::key).containsExactly("sweep/a", "sweep/b/c", "sweep/d");
        assertThat(page).allSatisfy(one -> assertThat(one.size()).isEqualTo(TEXT.length));
        assertThat(objects.list("sweep/", page.getLast().key(), 3))
                .extracting(StoredObject::key)
                .containsExactly("sweep/e");
        assertThat(objects.list("sweep/", "sweep/e", 3)).isEmpty();
    }

    @Test
    void aBucketMayHaveAFolderForIt() throws IOException {
        Map<String, String> values = new HashMap<>(stores.values());
        values.put(SettingKeys.FILES_URI, values.get(SettingKeys.FILES_URI) + "below/this");
        LargeObjects below = LargeObjects.of(Settings.of(values));

        below.put("k", TEXT, TYPE);

        assertThat(below.list("", "", 10)).extracting(StoredObject::key).containsExactly("k");
        assertThat(objects.stat("below/this/k")).isPresent();
        assertThat(send(below.read("k", Reading.of("x", TYPE)), null).body()).isEqualTo(TEXT);
    }

    @Test
    void aPageOfTheWebAppMayUseTheAddressesAndNoOtherPage() {
        String upload = objects.begin("uploads/f_8", TYPE);
        SignedRequest address = objects.part("uploads/f_8", upload, 1, TEXT.length, Sha256.of(TEXT));
        HttpResponse<byte[]> asked = preflight(address, "http://localhost:8800");
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).contains("http://localhost:8800");
        assertThat(asked.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
                .contains("PUT");
        assertThat(preflight(address, "http://elsewhere.example").headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();

        HttpResponse<byte[]> put = send(address, TEXT, "Origin", "http://localhost:8800");
        assertThat(put.headers().firstValue("Access-Control-Allow-Origin")).contains("http://localhost:8800");
        assertThat(put.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("ETag", "Content-Range");
        objects.abandon("uploads/f_8", upload);
    }

    private static HttpResponse<byte[]> preflight(SignedRequest address, String origin) {
        return send(HttpRequest.newBuilder(address.uri())
                .method("OPTIONS", BodyPublishers.noBody())
                .headers(
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "PUT",
                        "Access-Control-Request-Headers",
                        "x-amz-checksum-sha256"));
    }

    @Test
    void readingGoesOnWhereAConnectionWasCut() throws IOException {
        byte[] content = bytes(8 * MEBIBYTE, 9);
        objects.put("content/nine", content, TYPE);
        try (CuttingRelay relay = CuttingRelay.before(stores.filesEndpoint(), 3 * MEBIBYTE)) {
            Map<String, String> values = new HashMap<>(stores.values());
            values.put(SettingKeys.FILES_ENDPOINT, relay.endpoint().toString());
            try (InputStream all = LargeObjects.of(Settings.of(values))
                    .open("content/nine", 0, Long.MAX_VALUE)
                    .orElseThrow()) {
                assertThat(Sha256.of(all.readAllBytes())).isEqualTo(Sha256.of(content));
            }
            assertThat(relay.cuts()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void aStreamIsOfOneVersionOfAnObject() throws IOException {
        objects.put("content/ten", bytes(4 * MEBIBYTE, 10), TYPE);
        try (InputStream old = objects.open("content/ten", 0, Long.MAX_VALUE).orElseThrow()) {
            objects.put("content/ten", bytes(4 * MEBIBYTE, 11), TYPE);
            assertThatThrownBy(old::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aStoreThatIsAwayOrRefusesIsUnavailable() {
        Map<String, String> away = new HashMap<>(stores.values());
        away.put(SettingKeys.FILES_ENDPOINT, "http://127.0.0.1:1");
        Map<String, String> stranger = new HashMap<>(stores.values());
        stranger.put(SettingKeys.FILES_SECRET_KEY, "guessed");
        for (Map<String, String> values : List.of(away, stranger)) {
            LargeObjects unavailable = LargeObjects.of(Settings.of(values));
            assertThatThrownBy(() -> unavailable.begin("k", TYPE))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.code()).isEqualTo("store.unavailable"));
            assertThatThrownBy(() -> unavailable.list("", "", 1))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.code()).isEqualTo("store.unavailable"));
        }
    }

    @Test
    void whatIsNoKeyPartOrRangeIsRefused() {
        for (String key : new String[] {"", "/a", "a b", "ä", "a".repeat(513)}) {
            assertThatThrownBy(() -> objects.stat(key)).isInstanceOf(IllegalArgumentException.class);
        }
        byte[] hash = new byte[32];
        assertThatThrownBy(() -> objects.part("k", "u", 0, 1, hash)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> objects.part("k", "u", 10_001, 1, hash)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> objects.part("k", "u", 1, 0, hash)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> objects.part("k", "u", 1, 1, new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reading.of("x", TYPE).bytes(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> objects.open("k", 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void settingsThatNameNoBucketAreRefusedAtStart() {
        for (String uri : new String[] {"file:///tmp/x/", "s3:///x", " ", "https://bucket/"}) {
            assertThatThrownBy(() -> LargeObjects.of(Settings.of(Map.of(SettingKeys.FILES_URI, uri))))
                    .isInstanceOf(SettingsException.class);
        }
        assertThatThrownBy(() -> LargeObjects.of(Settings.of(
                        Map.of(SettingKeys.FILES_URI, "s3://b/", SettingKeys.FILES_ENDPOINT, "minio:9000"))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("FILES_ENDPOINT");
    }

    @Test
    void onAwsAddressesNameTheBucketsOwnHost() {
        LargeObjects aws = LargeObjects.of(Settings.of(Map.of(
                SettingKeys.FILES_URI,
                "s3://parley-files/",
                SettingKeys.AWS_REGION,
                "eu-central-1",
                SettingKeys.AWS_ACCESS_KEY_ID,
                "AKID",
                SettingKeys.AWS_SECRET_ACCESS_KEY,
                "secret")));
        SignedRequest read = aws.read("content/x", Reading.of("x", TYPE));
        assertThat(read.uri().getHost()).isEqualTo("parley-files.s3.eu-central-1.amazonaws.com");
        assertThat(read.uri().getScheme()).isEqualTo("https");
        assertThat(read.headers()).isEmpty();
        SignedRequest part = aws.part("content/x", "upload", 1, 10, new byte[32]);
        assertThat(part.headers()).containsOnlyKeys("x-amz-checksum-sha256");
        assertThat(part.uri().getQuery()).contains("X-Amz-SignedHeaders=content-length;host;x-amz-checksum-sha256");
    }
}
