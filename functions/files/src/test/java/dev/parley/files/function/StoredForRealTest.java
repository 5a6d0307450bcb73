package dev.parley.files.function;

import static dev.parley.files.function.FilesWorld.bytes;
import static dev.parley.files.function.FilesWorld.draft;
import static dev.parley.files.function.UploadsTest.atOnce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.files.FileLimits;
import dev.parley.files.function.FilesWorld.Caller;
import dev.parley.files.function.FilesWorld.Reply;
import dev.parley.files.objects.StoreBlobs;
import dev.parley.local.stores.Stores;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.objects.LargeObjects;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The whole way of a file, with its bytes in an S3 server, by the addresses that are given out. */
@Tag("component")
class StoredForRealTest {
    private static final int CHUNK = FileLimits.CHUNK_BYTES;

    private final Stores stores = Stores.temporary().withFiles();
    private final FilesWorld world = new FilesWorld(stores, Map.of());
    private final StoreBlobs blobs = new StoreBlobs(LargeObjects.of(stores.settings()));
    private final EventRouter function = world.over(blobs);
    private final Caller ana = world.user("ana").at(function);
    private final Caller ben = world.user("ben").at(function);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
        world.close();
    }

    private int put(JsonNode address, byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(address.path("url").asString()))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body));
        address.path("headers")
                .properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().asString()));
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpResponse<byte[]> get(JsonNode address, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address.path("url").asString()));
        address.path("headers")
                .properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().asString()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static byte[] part(byte[] all, int number) {
        return Arrays.copyOfRange(all, (number - 1) * CHUNK, Math.min(all.length, number * CHUNK));
    }

    @Test
    void whoCompletesAFileBesideAnotherIsToldTheSame() throws Exception {
        for (int round = 0; round < 10; round++) {
            byte[] text = bytes(4000, 40 + round);
            JsonNode begun = ana.post("/files", draft("twice.bin", "application/octet-stream", text))
                    .data();
            String file = begun.path("file").path("file_id").asString();
            assertThat(put(begun.path("upload").path("addresses").get(0), text)).isEqualTo(200);
            List<Reply> complete = atOnce(4, () -> ana.post("/files/" + file + "/complete", null));
            assertThat(complete).extracting(Reply::status).isSubsetOf(200, 202);
            assertThat(ana.get("/files/" + file).data().path("state").asString())
                    .isEqualTo("ready");
        }
    }

    @Test
    void aFileOfThreePartsIsUploadedResumedCheckedSharedAndFetchedInRanges() throws Exception {
        byte[] film = bytes(2 * CHUNK + 77, 31);
        Reply begun = ana.post("/files", draft("Übersicht 北京.bin", "application/octet-stream", film));
        String file = begun.data().path("file").path("file_id").asString();
        JsonNode addresses = begun.data().path("upload").path("addresses");
        assertThat(put(addresses.get(1), part(film, 2))).isEqualTo(200);
        assertThat(put(addresses.get(0), part(film, 2))).isGreaterThanOrEqualTo(400);
        assertThat(put(addresses.get(0), Arrays.copyOf(film, 100))).isGreaterThanOrEqualTo(400);

        Reply early = ana.post("/files/" + file + "/complete", null);
        assertThat(early.error()).isEqualTo("file.incomplete");
        assertThat(early.body().path("details").path("missing").valueStream().map(JsonNode::asInt))
                .containsExactly(1, 3);
        JsonNode again = ana.post("/files", draft("Übersicht 北京.bin", "application/octet-stream", film))
                .data();
        assertThat(again.path("file").path("file_id").asString()).isEqualTo(file);
        assertThat(again.path("upload").path("present").get(0).asInt()).isEqualTo(2);
        for (JsonNode address : again.path("upload").path("addresses")) {
            assertThat(put(address, part(film, address.path("part").asInt()))).isEqualTo(200);
        }
        assertThat(ana.post("/files/" + file + "/complete", null).status()).isEqualTo(202);
        world.work(file, function);
        assertThat(ana.get("/files/" + file).data().path("state").asString()).isEqualTo("ready");

        String group = world.group("c_team", ana, ben);
        ana.post("/files/" + file + "/shares", Map.of("conversation_id", group));
        JsonNode whole = ben.get("/files/" + file + "/url").data();
        HttpResponse<byte[]> all = get(whole);
        assertThat(all.body()).isEqualTo(film);
        assertThat(all.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment")
                .contains("%E5%8C%97%E4%BA%AC");
        assertThat(get(whole, "Range", "bytes=" + CHUNK + "-" + (CHUNK + 9)).body())
                .isEqualTo(Arrays.copyOfRange(film, CHUNK, CHUNK + 10));
        JsonNode some = ben.get("/files/" + file + "/url?range=bytes=5-9").data();
        assertThat(get(some).body()).isEqualTo(Arrays.copyOfRange(film, 5, 10));
    }

    @Test
    void aSmallFileIsReadyAtOnceAndOneThatDeceivesIsNot() throws Exception {
        for (String state : List.of("ready", "refused")) {
            boolean page = state.equals("refused");
            byte[] text = (page ? "<html><script>x</script>" : "just text").getBytes(StandardCharsets.UTF_8);
            Reply begun = ana.post("/files", draft(state, page ? "image/png" : "text/plain", text));
            assertThat(put(begun.data().path("upload").path("addresses").get(0), text))
                    .isEqualTo(200);
            String file = begun.data().path("file").path("file_id").asString();
            Reply done = ana.post("/files/" + file + "/complete", null);
            assertThat(done.data().path("state").asString()).isEqualTo(state);
            assertThat(blobs.size("contents/" + file)).hasValue(text.length);
            assertThat(ana.post("/files/" + file + "/complete", null).status()).isEqualTo(200);
        }
    }
}
