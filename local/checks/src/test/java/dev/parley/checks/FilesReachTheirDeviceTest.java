package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.files.FileLimits;
import dev.parley.kernel.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A file goes from one person to another's device over the running system: packaged functions, object storage, streams and sockets. */
@Tag("functions")
class FilesReachTheirDeviceTest {
    private static final String API = "/api/v1";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int CHUNK = FileLimits.CHUNK_BYTES;

    @Test
    void whatOneUploadsAndPushesTheOtherIsToldOfFetchesAndReports() throws Exception {
        byte[] film = new byte[2 * CHUNK + 4321];
        new Random(2026).nextBytes(film);
        RunningSystem system = RunningSystem.shared();
        Http http = new Http(system.url());
        http.register("ana_sends");
        String ben = http.register("ben_fetches");
        http.register("eve_guesses");
        String anas = http.login("ana_sends");
        String bens = http.login("ben_fetches");
        String eves = http.login("eve_guesses");
        String device = http.must("POST", API + "/devices", bens, "{\"name\":\"Ben's\",\"kind\":\"laptop\"}")
                .data()
                .path("device")
                .path("device_id")
                .asString();
        try (Socket his = Socket.open(http, bens);
                Socket hers = Socket.open(http, anas)) {
            String file = uploaded(http, anas, film);
            JsonNode checked = hers.await("file-state");
            assertThat(checked.path("file_id").asString()).isEqualTo(file);
            assertThat(checked.path("state").asString()).isEqualTo("ready");
            assertThat(http.call("GET", API + "/files/" + file, bens, null).status())
                    .isEqualTo(404);

            http.must(
                    "POST",
                    API + "/files/" + file + "/push",
                    anas,
                    "{\"targets\":{\"users\":[\"" + ben + "\"]},\"note\":\"for tomorrow\"}");
            JsonNode notice = his.await("file-notice");
            assertThat(notice.path("name").asString()).isEqualTo("film.bin");
            assertThat(notice.path("note").asString()).isEqualTo("for tomorrow");
            assertThat(notice.path("devices").get(0).asString()).isEqualTo(device);
            String push = notice.path("push_id").asString();

            JsonNode manifest = http.must("GET", API + "/files/" + file + "/manifest", bens, null)
                    .data();
            JsonNode address = http.must("GET", API + "/files/" + file + "/url", bens, null)
                    .data();
            byte[] fetched = new byte[film.length];
            for (int i = 0; i < manifest.path("chunks").size(); i++) {
                byte[] chunk = range(address, (long) i * CHUNK, Math.min(film.length, (i + 1L) * CHUNK) - 1);
                assertThat(hex(chunk)).isEqualTo(manifest.path("chunks").get(i).asString());
                System.arraycopy(chunk, 0, fetched, i * CHUNK, chunk.length);
            }
            assertThat(fetched).isEqualTo(film);
            String state = API + "/pushes/" + push + "/devices/" + device + "/state";
            http.must("POST", state, bens, "{\"state\":\"done\",\"sha256\":\"" + hex(film) + "\"}");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() ->
                            hers.await("push-state").path("counts").path("done").asInt() == 1);
            for (String path : new String[] {"", "/url", "/manifest"}) {
                assertThat(http.call("GET", API + "/files/" + file + path, eves, null)
                                .status())
                        .isEqualTo(404);
            }
            sharedInAConversation(http, anas, ben, bens, file, his);
        }
    }

    private static void sharedInAConversation(
            Http http, String anas, String ben, String bens, String file, Socket his) {
        String id = http.must("POST", API + "/conversations", anas, "{\"kind\":\"direct\",\"user_id\":\"" + ben + "\"}")
                .data()
                .path("conversation_id")
                .asString();
        String messages = API + "/conversations/" + id + "/messages";
        String message = "{\"client_msg_id\":\"k\",\"attachments\":[{\"file_id\":\"" + file + "\"}]}";
        assertThat(http.call("POST", messages, anas, message).body()).contains("message.attachment");
        http.must("POST", API + "/files/" + file + "/shares", anas, "{\"conversation_id\":\"" + id + "\"}");
        http.must("POST", messages, anas, message);
        JsonNode told = sent(his).path("message");
        assertThat(told.path("attachments").get(0).path("size").asLong()).isEqualTo(2L * CHUNK + 4321);
        assertThat(http.must("GET", messages, bens, null)
                        .data()
                        .path("list")
                        .get(0)
                        .path("attachments")
                        .get(0)
                        .path("name")
                        .asString())
                .isEqualTo("film.bin");
        http.must("DELETE", API + "/files/" + file, anas, null);
        assertThat(http.call("GET", API + "/files/" + file + "/url", bens, null).status())
                .isEqualTo(404);
    }

    /** A conversation begins with a change of its own. */
    private static JsonNode sent(Socket socket) {
        JsonNode told;
        do {
            told = socket.await("message");
        } while (!told.path("kind").asString().equals("sent"));
        return told;
    }

    @Test
    void aBoxWithoutAPersonSignsInHearsAndIsCutWhenItIsRemoved() throws Exception {
        RunningSystem system = RunningSystem.shared();
        Http http = new Http(system.url());
        http.register("ana_boxes");
        String anas = http.login("ana_boxes");
        JsonNode made = http.must(
                        "POST", API + "/devices", anas, "{\"name\":\"Box\",\"kind\":\"box\",\"credential\":true}")
                .data();
        String box = made.path("device").path("device_id").asString();
        String token = http.must(
                        "POST",
                        API + "/devices/token",
                        null,
                        "{\"device_id\":\"" + box + "\",\"credential\":\""
                                + made.path("credential").asString() + "\"}")
                .data()
                .path("token")
                .asString();
        String file = uploaded(http, anas, new byte[] {1, 2, 3});
        try (Socket its = Socket.open(http, token)) {
            http.must("POST", API + "/files/" + file + "/push", anas, "{\"targets\":{\"devices\":[\"" + box + "\"]}}");
            assertThat(its.await("file-notice").path("devices").get(0).asString())
                    .isEqualTo(box);
            its.say("{\"type\":\"typing\",\"conversation_id\":\"c_1\",\"on\":true}");
            assertThat(its.await("error").path("code").asString()).isEqualTo("signal.type");
            assertThat(http.must("GET", API + "/devices/" + box + "/pushes", token, null)
                            .data()
                            .path("list"))
                    .hasSize(1);
            assertThat(http.call("GET", API + "/profile", token, null).status()).isEqualTo(401);
            assertThat(http.call("GET", API + "/conversations", token, null).status())
                    .isEqualTo(401);
            http.must("DELETE", API + "/devices/" + box, anas, null);
            Awaitility.await().atMost(PATIENCE).until(its::closed);
        }
    }

    private static String uploaded(Http http, String token, byte[] bytes) throws Exception {
        StringBuilder chunks = new StringBuilder();
        for (int from = 0; from < bytes.length; from += CHUNK) {
            chunks.append(from == 0 ? "" : ",")
                    .append('"')
                    .append(hex(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK))))
                    .append('"');
        }
        JsonNode begun = http.must(
                        "POST",
                        API + "/files",
                        token,
                        "{\"name\":\"film.bin\",\"size\":%d,\"sha256\":\"%s\",\"chunks\":[%s]}"
                                .formatted(bytes.length, hex(bytes), chunks))
                .data();
        for (JsonNode address : begun.path("upload").path("addresses")) {
            int from = (address.path("part").asInt() - 1) * CHUNK;
            byte[] part =
                    Arrays.copyOfRange(bytes, from, from + address.path("size").asInt());
            Http.put(URI.create(address.path("url").asString()), address.path("headers"), part);
        }
        String file = begun.path("file").path("file_id").asString();
        http.must("POST", API + "/files/" + file + "/complete", token, null);
        return file;
    }

    private static byte[] range(JsonNode address, long first, long last) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(address.path("url").asString()))
                    .header("Range", "bytes=" + first + "-" + last)
                    .build();
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(206);
            return response.body();
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes));
    }
}
