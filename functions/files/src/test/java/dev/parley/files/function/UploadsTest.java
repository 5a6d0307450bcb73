package dev.parley.files.function;

import static dev.parley.files.function.FilesWorld.bytes;
import static dev.parley.files.function.FilesWorld.draft;
import static dev.parley.files.function.FilesWorld.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.files.FileLimits;
import dev.parley.files.function.FilesWorld.Caller;
import dev.parley.files.function.FilesWorld.Reply;
import dev.parley.kernel.Limit;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files come in through the function as it is wired, on real stores. */
@Tag("component")
class UploadsTest {
    private static final int CHUNK = FileLimits.CHUNK_BYTES;

    private final FilesWorld world = new FilesWorld();
    private final Caller ana = world.user("ana");
    private final Caller ben = world.user("ben");

    @AfterEach
    void close() {
        world.close();
    }

    private static String id(Reply reply) {
        return reply.data().path("file").path("file_id").asString();
    }

    private static String state(Reply reply) {
        return reply.data().path("state").asString();
    }

    @Test
    void aSmallFileIsReadyWhenItIsComplete() {
        byte[] text = "Grüße aus 北京".getBytes(StandardCharsets.UTF_8);
        Reply begun = ana.post("/files", draft("grüße.txt", "text/plain", text));
        assertThat(begun.status()).isEqualTo(201);
        assertThat(begun.data().path("upload").path("chunk_size").asInt()).isEqualTo(CHUNK);
        assertThat(begun.data().path("upload").path("parts").asInt()).isEqualTo(1);
        String file = id(begun);

        Reply early = ana.post("/files/" + file + "/complete", null);
        assertThat(early.error()).isEqualTo("file.incomplete");
        assertThat(early.body().path("details").path("missing").get(0).asInt()).isEqualTo(1);

        assertThat(world.sendParts(text, begun.data().path("upload"))).isEqualTo(1);
        Reply done = ana.post("/files/" + file + "/complete", null);
        assertThat(done.status()).isEqualTo(200);
        assertThat(state(done)).isEqualTo("ready");
        assertThat(done.data().path("type").asString()).isEqualTo("text/plain");
        assertThat(ana.post("/files/" + file + "/complete", null).status()).isEqualTo(200);

        Reply manifest = ana.get("/files/" + file + "/manifest");
        assertThat(manifest.data().path("sha256").asString()).isEqualTo(hex(text));
        assertThat(manifest.data().path("chunks").get(0).asString()).isEqualTo(hex(text));
        Reply address = ana.get("/files/" + file + "/url");
        assertThat(world.blobs.fetch(address.data().path("url").asString())).isEqualTo(text);
        Reply part = ana.get("/files/" + file + "/url?range=bytes=2-4");
        assertThat(world.blobs.fetch(part.data().path("url").asString())).isEqualTo(Arrays.copyOfRange(text, 2, 5));
        assertThat(ana.get("/files/" + file + "/url?range=bytes=2-4000").error())
                .isEqualTo("request.invalid");
        assertThat(ana.get("/files").data().path("total").asInt()).isEqualTo(1);
        assertThat(world.told(Tables.OUTBOX, file)).singleElement().satisfies(event -> {
            assertThat(event.getKey()).isEqualTo("file.state");
            assertThat(event.getValue()).containsEntry("state", "ready").containsEntry("user_id", "u_ana");
        });
    }

    @Test
    void aLargeFileIsResumedWithAFewPartsAndCheckedByAndBy() {
        byte[] film = bytes(2 * CHUNK + 1234, 1);
        Reply begun = ana.post("/files", draft("film.bin", "application/octet-stream", film));
        String file = id(begun);
        JsonNode upload = begun.data().path("upload");
        assertThat(upload.path("addresses")).hasSize(3);
        // Only the second part arrives; the others break off, or are not what was said.
        world.blobs.send(
                upload.path("addresses").get(1).path("url").asString(), Arrays.copyOfRange(film, CHUNK, 2 * CHUNK));
        assertThat(world.blobs.send(upload.path("addresses").get(0).path("url").asString(), new byte[CHUNK]))
                .isFalse();

        Reply again = ana.post("/files", draft("film.bin", "application/octet-stream", film));
        assertThat(again.status()).isEqualTo(200);
        assertThat(id(again)).isEqualTo(file);
        assertThat(again.data().path("upload").path("present").get(0).asInt()).isEqualTo(2);
        assertThat(again.data()
                        .path("upload")
                        .path("addresses")
                        .valueStream()
                        .map(one -> one.path("part").asInt()))
                .containsExactly(1, 3);
        Reply third = ana.post("/files/" + file + "/parts", Map.of("parts", List.of(3)));
        assertThat(third.data().path("addresses")).hasSize(1);
        assertThat(third.data().path("more").asBoolean()).isTrue();
        assertThat(ana.post("/files/" + file + "/parts", Map.of("parts", List.of(4)))
                        .error())
                .isEqualTo("request.invalid");
        assertThat(ben.post("/files/" + file + "/parts", null).error()).isEqualTo("file.not_found");

        world.sendParts(film, again.data().path("upload"));
        Reply complete = ana.post("/files/" + file + "/complete", null);
        assertThat(complete.status()).isEqualTo(202);
        assertThat(state(complete)).isEqualTo("checking");
        assertThat(ana.get("/files/" + file + "/url").error()).isEqualTo("file.not_ready");
        assertThat(ben.get("/files/" + file).error()).isEqualTo("file.not_found");
        world.work(file);
        assertThat(state(ana.get("/files/" + file))).isEqualTo("ready");
        assertThat(ana.get("/files/" + file + "/manifest").data().path("chunks"))
                .hasSize(3);
        world.work(file);
        assertThat(world.blobs.objects()).isEqualTo(1);
    }

    @Test
    void whatIsStoredIsLookedAtAndNotWhatWasSaid() {
        byte[] right = bytes(2 * CHUNK, 2);
        for (var wrong : Map.of(
                        "size", bytes(2 * CHUNK - 1, 2),
                        "chunk_hash", bytes(2 * CHUNK, 3))
                .entrySet()) {
            Map<String, Object> draft = draft(wrong.getKey(), "application/octet-stream", right);
            Reply begun = ana.post("/files", draft);
            world.sendParts(right, begun.data().path("upload"));
            ana.post("/files/" + id(begun) + "/complete", null);
            world.blobs.spoil("contents/" + id(begun), wrong.getValue());
            world.work(id(begun));
            Reply refused = ana.get("/files/" + id(begun));
            assertThat(state(refused)).isEqualTo("refused");
            assertThat(refused.data().path("reason").asString()).isEqualTo(wrong.getKey());
            assertThat(ana.get("/files/" + id(begun) + "/url").error()).isEqualTo("file.not_ready");
        }
        // The chunks are right, and the whole is said to be another.
        Map<String, Object> draft = draft("whole", "application/octet-stream", right);
        draft.put("sha256", "0".repeat(64));
        Reply begun = ana.post("/files", draft);
        world.sendParts(right, begun.data().path("upload"));
        ana.post("/files/" + id(begun) + "/complete", null);
        world.work(id(begun));
        assertThat(ana.get("/files/" + id(begun)).data().path("reason").asString())
                .isEqualTo("hash");
    }

    @Test
    void aPictureThatIsAPageIsRefusedAndAPageIsMarked() {
        byte[] page = "<!doctype html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        Reply refused = ana.upload("cat.png", "image/png", page);
        assertThat(state(refused)).isEqualTo("refused");
        assertThat(refused.data().path("reason").asString()).isEqualTo("type");
        Reply marked = ana.upload("page.html", "text/html", page);
        assertThat(state(marked)).isEqualTo("ready");
        assertThat(marked.data().path("risk").asString()).isEqualTo("active");
        String file = marked.data().path("file_id").asString();
        assertThat(ana.get("/files/" + file + "/url").data().path("type").asString())
                .isEqualTo("application/octet-stream");
    }

    @Test
    void whoKnowsAHashHasNotTheContent() {
        byte[] secret = bytes(5000, 4);
        String file = ana.ready("secret.bin", secret);
        Reply guess = ben.post("/files", draft("mine.bin", "application/octet-stream", secret));
        assertThat(guess.status()).isEqualTo(201);
        assertThat(guess.data().path("upload").path("present")).isEmpty();
        assertThat(ben.get("/files/" + id(guess) + "/url").error()).isEqualTo("file.not_ready");

        // Whoever has it, has it: the same content under another name needs no upload.
        Reply mine = ana.post("/files", draft("again.bin", "application/octet-stream", secret));
        assertThat(mine.status()).isEqualTo(200);
        assertThat(mine.data().path("file").path("state").asString()).isEqualTo("ready");
        assertThat(mine.data().has("upload")).isFalse();

        // And who uploads it all the same, has it then, and it is kept once.
        world.sendParts(secret, guess.data().path("upload"));
        assertThat(state(ben.post("/files/" + id(guess) + "/complete", null))).isEqualTo("ready");
        for (String other : List.of(file, id(mine))) {
            assertThat(ben.get("/files/" + other).error()).isEqualTo("file.not_found");
            assertThat(ana.delete("/files/" + other).status()).isEqualTo(200);
        }
        world.clock.advance(Duration.ofMinutes(11));
        world.sweep();
        assertThat(world.blobs.objects()).isEqualTo(1);
        // The last that has it keeps it; its token is ten minutes old.
        Reply address = world.user("ben").get("/files/" + id(guess) + "/url");
        assertThat(world.blobs.fetch(address.data().path("url").asString())).isEqualTo(secret);
    }

    @Test
    void whatNobodyHasAnyMoreIsThrownAwayAfterItsAddressesAreOver() {
        String file = ana.ready("a.bin", bytes(100, 5));
        assertThat(ana.delete("/files/" + file).status()).isEqualTo(200);
        assertThat(ana.delete("/files/" + file).status()).isEqualTo(200);
        assertThat(ana.get("/files/" + file).error()).isEqualTo("file.not_found");
        assertThat(ana.get("/files").data().path("total").asInt()).isZero();
        world.sweep();
        assertThat(world.blobs.objects()).isEqualTo(1);
        world.clock.advance(Duration.ofMinutes(11));
        world.sweep();
        assertThat(world.blobs.objects()).isZero();
        assertThat(world.user("ben").delete("/files/" + file).error()).isEqualTo("file.not_found");
    }

    @Test
    void uploadsThatNobodyFinishesEnd() {
        byte[] text = bytes(100, 6);
        Reply begun = ana.post("/files", draft("a.bin", "application/octet-stream", text));
        assertThat(world.blobs.uploads()).isEqualTo(1);
        world.clock.advance(Duration.ofDays(7).plusSeconds(1));
        world.sweep();
        world.clock.advance(Duration.ofMinutes(11));
        world.sweep();
        assertThat(world.blobs.uploads()).isZero();
        assertThat(world.user("ana").get("/files/" + id(begun)).error()).isEqualTo("file.not_found");
    }

    @Test
    void aCheckThatNobodyFinishesIsTakenUpByTheSweep() {
        byte[] film = bytes(CHUNK + 1, 7);
        Reply begun = ana.post("/files", draft("film.bin", "application/octet-stream", film));
        world.sendParts(film, begun.data().path("upload"));
        ana.post("/files/" + id(begun) + "/complete", null);
        int before = world.told(Tables.FILE_WORK, id(begun)).size();
        world.sweep();
        assertThat(world.told(Tables.FILE_WORK, id(begun))).hasSize(before + 1);
        world.work(id(begun));
        assertThat(state(ana.get("/files/" + id(begun)))).isEqualTo("ready");
        world.sweep();
        assertThat(world.told(Tables.FILE_WORK, id(begun))).hasSize(before + 1);
    }

    @Test
    void thereIsRoomForSoMuchAndNoMore() {
        world.write(
                Tables.EPHEMERAL,
                Map.of(
                        "key",
                        Items.text("limits"),
                        Limit.ACCOUNT_FILE_MEGABYTES.wire(),
                        Items.number(1),
                        Limit.FILE_MEGABYTES.wire(),
                        Items.number(1)));
        assertThat(ana.post("/files", draft("a", "a/b", bytes(700_000, 8))).status())
                .isEqualTo(201);
        Reply full = ana.post("/files", draft("b", "a/b", bytes(700_000, 9)));
        assertThat(full.error()).isEqualTo("file.quota");
        assertThat(full.body().path("details").path("used").asLong()).isEqualTo(700_000);
        assertThat(ben.post("/files", draft("b", "a/b", bytes((1 << 20) + 1, 9)))
                        .error())
                .isEqualTo("file.too_large");
        assertThat(ben.post("/files", draft("b", "a/b", bytes(700_000, 9))).status())
                .isEqualTo(201);
    }

    @Test
    void badIntentsAreRefusedByTheirField() {
        byte[] text = bytes(100, 10);
        for (var wrong : Map.of(
                        "name", "../etc/passwd",
                        "size", 0,
                        "sha256", "ABC",
                        "chunks", List.of(),
                        "conversation_id", "x")
                .entrySet()) {
            Map<String, Object> draft = draft("a.bin", "a/b", text);
            draft.put(wrong.getKey(), wrong.getValue());
            Reply refused = ana.post("/files", draft);
            assertThat(refused.error()).as(wrong.getKey()).isEqualTo("request.invalid");
            assertThat(refused.body().path("details").path("field").asString()).isEqualTo(wrong.getKey());
        }
        assertThat(world.nobody().get("/files").status()).isEqualTo(401);
        assertThat(world.guest("gus").get("/files").status()).isEqualTo(403);
    }

    /** Does the same at once in several threads. */
    static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(times);
        try (var threads = Executors.newFixedThreadPool(times)) {
            List<Future<T>> all = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                all.add(threads.submit(() -> {
                    barrier.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : all) {
                results.add(one.get());
            }
            return results;
        }
    }

    @Test
    void twoIntentsAndTwoCompletesAtOnceAreOneFile() throws Exception {
        byte[] text = bytes(4000, 11);
        Map<String, Object> draft = draft("a.bin", "application/octet-stream", text);
        List<Reply> begun = atOnce(4, () -> ana.post("/files", draft));
        assertThat(begun).extracting(UploadsTest::id).containsOnly(id(begun.getFirst()));
        assertThat(world.blobs.uploads()).isEqualTo(1);
        world.sendParts(text, begun.getFirst().data().path("upload"));
        List<Reply> complete = atOnce(4, () -> ana.post("/files/" + id(begun.getFirst()) + "/complete", null));
        assertThat(complete).extracting(Reply::status).containsAnyOf(200).isSubsetOf(200, 202);
        assertThat(state(ana.get("/files/" + id(begun.getFirst())))).isEqualTo("ready");
        assertThat(world.told(Tables.OUTBOX, id(begun.getFirst()))).hasSize(1);
    }

    @Test
    void oneContentUploadedByTwoAtOnceIsKeptOnce() throws Exception {
        byte[] text = bytes(4000, 12);
        for (int round = 0; round < 5; round++) {
            List<Caller> people = List.of(world.user("one" + round), world.user("two" + round));
            List<String> files = new ArrayList<>();
            for (Caller person : people) {
                Reply begun = person.post("/files", draft("a.bin", "application/octet-stream", text));
                world.sendParts(text, begun.data().path("upload"));
                files.add(id(begun));
            }
            var turns = new AtomicInteger();
            List<Reply> done = atOnce(2, () -> {
                int turn = turns.getAndIncrement();
                return people.get(turn).post("/files/" + files.get(turn) + "/complete", null);
            });
            assertThat(done).extracting(UploadsTest::state).containsOnly("ready");
        }
        world.clock.advance(Duration.ofMinutes(11));
        world.sweep();
        assertThat(world.blobs.objects()).isEqualTo(1);
    }

    @Test
    void aContentThatIsRemovedByOneWhileAnotherTakesItIsThereOrIsUploaded() throws Exception {
        byte[] text = bytes(4000, 13);
        for (int round = 0; round < 8; round++) {
            String file = ana.ready("a" + round, text);
            String name = "b" + round;
            var turns = new AtomicInteger();
            List<Reply> both = atOnce(
                    2,
                    () -> turns.getAndIncrement() == 0
                            ? ana.delete("/files/" + file)
                            : ana.post("/files", draft(name, "text/plain", text)));
            assertThat(both).allSatisfy(reply -> assertThat(reply.status()).isIn(200, 201));
            Reply second = both.stream()
                    .filter(reply -> reply.data().has("file"))
                    .findFirst()
                    .orElseThrow();
            if (second.data().has("upload")) {
                world.sendParts(text, second.data().path("upload"));
                assertThat(state(ana.post("/files/" + id(second) + "/complete", null)))
                        .isEqualTo("ready");
            }
            Reply address = ana.get("/files/" + id(second) + "/url");
            assertThat(world.blobs.fetch(address.data().path("url").asString())).isEqualTo(text);
            ana.delete("/files/" + id(second));
        }
    }
}
