package dev.parley.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent, a server over real HTTP and a real socket, and what may go wrong between them. */
@Tag("component")
class AgentTest {
    private static final int CHUNK = 1 << 16;

    @TempDir
    private Path folder;

    private PushingServer server;
    private long pulled;

    @BeforeEach
    void start() throws IOException {
        server = new PushingServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    /** One run to the end. */
    private int once() throws InterruptedException {
        try (Folder open = Folder.open(folder);
                Agent agent = agent(open, AgentOptions.DEFAULT.silence(Duration.ofMillis(500)))) {
            int code = agent.runOnce();
            pulled = agent.pulledBytes();
            return code;
        }
    }

    private Agent agent(Folder open, AgentOptions options) {
        return new Agent(
                server.credential(),
                open,
                options,
                new Console(new PrintStream(OutputStream.nullOutputStream()), false),
                new Random(1),
                InstantSource.system());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private long leftOnTheWay() throws IOException {
        Path parts = folder.resolve(".parley/parts");
        if (!Files.isDirectory(parts)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(parts)) {
            return files.count();
        }
    }

    @Test
    void whatIsPendingArrivesAndIsReported() throws Exception {
        byte[] plan = bytes(5 * CHUNK + 17, 1);
        server.push("ps_1", "plan.pdf", plan);
        server.push("ps_2", "empty.txt", new byte[0]);

        assertThat(once()).isEqualTo(Exit.DONE);

        assertThat(folder.resolve("plan.pdf")).hasBinaryContent(plan);
        assertThat(folder.resolve("empty.txt")).isEmptyFile();
        assertThat(leftOnTheWay()).isZero();
        assertThat(server.state("ps_1")).isEqualTo("done");
        assertThat(server.states.get("ps_1").text("sha256")).isEqualTo(PushingServer.sha256(plan));
        assertThat(server.state("ps_2")).isEqualTo("done");
        assertThat(server.sent.get()).isEqualTo(plan.length);
        assertThat(once()).as("again").isEqualTo(Exit.DONE);
        assertThat(server.sent.get()).isEqualTo(plan.length);
    }

    @Test
    void connectionsThatAreCutGoOnWhereTheyWere() throws Exception {
        byte[] content = bytes(20 * CHUNK, 2);
        server.push("ps_1", "film.webm", content);
        server.store = (exchange, request, range) -> {
            if (request % 3 == 0) {
                return false;
            }
            server.send(exchange, range, range.length / 2);
            return true;
        };

        assertThat(once()).isEqualTo(Exit.DONE);

        assertThat(folder.resolve("film.webm")).hasBinaryContent(content);
        assertThat(pulled).as("no byte was written twice").isEqualTo(content.length);
        assertThat(server.sent.get()).as("with what was lost in buffers").isLessThan(2L * content.length);
    }

    @Test
    void wrongBytesArePulledAgainAndNeverKept() throws Exception {
        byte[] content = bytes(6 * CHUNK, 3);
        server.push("ps_1", "a.bin", content);
        Set<String> asked = ConcurrentHashMap.newKeySet();
        var wrong = new AtomicInteger();
        server.store = (exchange, request, range) -> {
            boolean first = asked.add(exchange.getRequestHeaders().getFirst("Range"));
            if (first && request % 2 == 1) {
                range[100] ^= 1;
                wrong.incrementAndGet();
            }
            return false;
        };

        assertThat(once()).isEqualTo(Exit.DONE);

        assertThat(folder.resolve("a.bin")).hasBinaryContent(content);
        assertThat(wrong.get()).isPositive();
        assertThat(server.sent.get()).isEqualTo(content.length + (long) wrong.get() * CHUNK);
    }

    @Test
    void aFileWhoseBytesStayWrongFails() throws Exception {
        server.push("ps_1", "a.bin", bytes(3 * CHUNK, 4));
        server.push("ps_2", "b.bin", bytes(CHUNK, 5));
        server.store = (exchange, request, range) -> {
            if (exchange.getRequestURI().getPath().endsWith("ps_1")) {
                range[0] ^= 1;
            }
            return false;
        };

        assertThat(once()).isEqualTo(Exit.FAILED);

        assertThat(names()).containsExactly("b.bin");
        assertThat(server.state("ps_1")).isEqualTo("failed");
        assertThat(server.states.get("ps_1").text("reason")).isEqualTo("hash");
        assertThat(server.state("ps_2")).isEqualTo("done");
    }

    @Test
    void anAddressThatExpiredIsReplaced() throws Exception {
        byte[] content = bytes(10 * CHUNK, 6);
        server.push("ps_1", "a.bin", content);
        server.store = (exchange, request, range) -> {
            if (request == 4) {
                server.oldestAddress = server.addresses.get() + 1;
            }
            return false;
        };

        assertThat(once()).isEqualTo(Exit.DONE);

        assertThat(folder.resolve("a.bin")).hasBinaryContent(content);
        assertThat(server.addresses.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aStoreThatIsBusyIsGivenTheTimeItAsksFor() throws Exception {
        byte[] content = bytes(2 * CHUNK, 7);
        server.push("ps_1", "a.bin", content);
        var refusedAt = new AtomicLong();
        var waited = new AtomicLong(Long.MAX_VALUE);
        server.store = (exchange, request, range) -> {
            if (request <= 2) {
                refusedAt.set(System.nanoTime());
                exchange.getResponseHeaders().set("Retry-After", "2");
                PushingServer.reply(exchange, 503, "<Error><Code>SlowDown</Code></Error>");
                return true;
            }
            waited.accumulateAndGet(System.nanoTime() - refusedAt.get(), Math::min);
            return false;
        };

        assertThat(once()).isEqualTo(Exit.DONE);

        assertThat(folder.resolve("a.bin")).hasBinaryContent(content);
        assertThat(Duration.ofNanos(waited.get())).isGreaterThan(Duration.ofMillis(1900));
    }

    @Test
    void aStoreThatFallsSilentIsAskedAgain() throws Exception {
        byte[] content = bytes(3 * CHUNK, 8);
        server.push("ps_1", "a.bin", content);
        server.store = (exchange, request, range) -> {
            if (request > 2) {
                return false;
            }
            server.send(exchange, range, 1000);
            try {
                Thread.sleep(Duration.ofSeconds(10)); // longer than the agent has patience
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        };

        assertThat(once()).isEqualTo(Exit.DONE);

        assertThat(folder.resolve("a.bin")).hasBinaryContent(content);
    }

    @Test
    void aServerThatIsBusyOrForgetsTheTokenIsAskedAgain() throws Exception {
        byte[] content = bytes(CHUNK, 9);
        server.push("ps_1", "a.bin", content);
        server.failing.set(2);
        server.store = (exchange, request, range) -> {
            server.validToken = -1;
            return false;
        };

        assertThat(once()).isEqualTo(Exit.DONE);

        assertThat(folder.resolve("a.bin")).hasBinaryContent(content);
        assertThat(server.refusals.get()).isEqualTo(2);
        assertThat(server.tokens.get()).isGreaterThanOrEqualTo(2);
        assertThat(server.state("ps_1")).isEqualTo("done");
    }

    @Test
    void aFileThatWasRemovedFails() throws Exception {
        server.push("ps_1", "a.bin", bytes(CHUNK, 10));
        server.removed.add("f_ps_1");

        assertThat(once()).isEqualTo(Exit.FAILED);

        assertThat(server.states.get("ps_1").text("reason")).isEqualTo("removed");
        assertThat(names()).isEmpty();
    }

    @Test
    void contentThatIsThereIsNotPulledAgain() throws Exception {
        byte[] content = bytes(4 * CHUNK, 11);
        Files.write(folder.resolve("mine.bin"), content);
        server.push("ps_1", "theirs.bin", content);
        server.push("ps_2", "mine.bin", content);
        server.push("ps_3", "theirs too.bin", content);

        assertThat(once()).isEqualTo(Exit.DONE);

        assertThat(server.sent.get()).isZero();
        assertThat(names()).containsExactly("mine.bin", "theirs too.bin", "theirs.bin");
        assertThat(folder.resolve("theirs.bin")).hasBinaryContent(content);
        Files.write(folder.resolve("theirs.bin"), new byte[1]);
        assertThat(folder.resolve("mine.bin")).as("a copy, no link").hasBinaryContent(content);
    }

    @Test
    void nothingOfMineIsOverwrittenAndNoNameLeadsElsewhere() throws Exception {
        Files.writeString(folder.resolve("plan.pdf"), "mine");
        byte[] content = bytes(CHUNK, 12);
        byte[] other = bytes(CHUNK, 13);
        server.push("ps_1", "plan.pdf", content);
        server.push("ps_2", "../../outside.bin", other);
        server.push("ps_3", "CON.txt", bytes(10, 14));
        server.push("ps_4", ".bashrc", bytes(11, 15));

        assertThat(once()).isEqualTo(Exit.DONE);

        assertThat(folder.resolve("plan.pdf")).hasContent("mine");
        assertThat(folder.resolve("plan (2).pdf")).hasBinaryContent(content);
        assertThat(folder.resolve("outside.bin")).hasBinaryContent(other);
        assertThat(names()).containsExactly("_CON.txt", "bashrc", "outside.bin", "plan (2).pdf", "plan.pdf");
    }

    @Test
    void noticesThatAreDoubledOrReorderedOrLostMakeNoDifference() throws Exception {
        try (Folder open = Folder.open(folder);
                Agent agent = agent(open, AgentOptions.DEFAULT.pingEvery(Duration.ofSeconds(1)))) {
            Thread running = running(agent);
            soon().until(() -> server.socket.opened() == 1);
            assertThat(server.socket.protocols()).containsExactly("parley.v1, ticket.once");
            PushingServer.Push first = server.push("ps_1", "a.bin", bytes(3 * CHUNK, 16));
            PushingServer.Push second = server.push("ps_2", "b.bin", bytes(3 * CHUNK, 17));
            for (PushingServer.Push push : List.of(second, first, second, first, first)) {
                server.socket.say(server.noticeOf(push));
            }
            server.socket.say("{\"type\":\"file-notice\",\"push_id\":\"../x\",\"devices\":[\"dv_1\"]}");
            server.socket.say("no JSON");
            soon().until(() ->
                    server.state("ps_1").equals("done") && server.state("ps_2").equals("done"));
            assertThat(server.sent.get()).isEqualTo(6L * CHUNK);
            server.socket.say(server.noticeOf(first));

            PushingServer.Push lost = server.push("ps_3", "c.bin", bytes(CHUNK, 18));
            server.socket.cutEverybodyOff();
            soon().until(() -> server.state(lost.pushId()).equals("done"));
            assertThat(names()).containsExactly("a.bin", "b.bin", "c.bin");
            assertThat(server.sent.get()).isEqualTo(7L * CHUNK);
            running.interrupt();
            running.join();
        }
    }

    private static Thread running(Agent agent) {
        return Thread.ofPlatform().start(() -> {
            try {
                agent.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void aPushThatIsCalledBackLeavesNothing() throws Exception {
        var held = new AtomicInteger();
        server.store = (exchange, request, range) -> {
            if (request > 2) {
                held.incrementAndGet();
                server.send(exchange, range, 10);
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> server.calledBack.contains("ps_1"));
            }
            return request > 2;
        };
        try (Folder open = Folder.open(folder);
                Agent agent = agent(open, AgentOptions.DEFAULT)) {
            PushingServer.Push push = server.push("ps_1", "a.bin", bytes(8 * CHUNK, 19));
            Thread running = running(agent);
            soon().until(() -> held.get() > 0 && leftOnTheWay() > 0);
            server.calledBack.add(push.pushId());
            server.socket.say("{\"type\":\"file-recalled\",\"push_id\":\"ps_1\",\"devices\":[\"dv_1\"]}");
            soon().until(() -> leftOnTheWay() == 0);
            assertThat(names()).isEmpty();
            running.interrupt();
            running.join();
        }
    }

    @Test
    void aFailureThatMayPassIsTriedAgainAsAnotherAttempt() throws Exception {
        byte[] content = bytes(CHUNK, 20);
        server.push("ps_1", "a.bin", content);
        Path inTheWay = Files.createDirectories(folder.resolve(".parley"));
        Files.writeString(inTheWay.resolve("parts"), "in the way");
        try (Folder open = Folder.open(folder);
                Agent agent = agent(open, AgentOptions.DEFAULT.tryAgainAfter(Duration.ofMillis(200)))) {
            Thread running = running(agent);
            soon().until(() -> server.state("ps_1").equals("failed"));
            Files.delete(inTheWay.resolve("parts"));
            soon().until(() -> server.state("ps_1").equals("done"));
            assertThat(server.states.get("ps_1").number("attempt")).isGreaterThan(1);
            assertThat(folder.resolve("a.bin")).hasBinaryContent(content);
            running.interrupt();
            running.join();
        }
    }

    @Test
    void reportsAreFewWhileItLoadsAndNoneIsLostAtTheEnd() throws Exception {
        byte[] content = bytes(200 * CHUNK, 21);
        server.push("ps_1", "a.bin", content);
        server.store = (exchange, request, range) -> {
            if (request == 150) {
                server.failing.set(3);
            }
            return false;
        };

        assertThat(once()).isEqualTo(Exit.DONE);

        assertThat(server.reports.size()).isLessThan(20);
        assertThat(server.reports.getLast().text("state")).isEqualTo("done");
    }

    @Test
    void twoAgentsDoNotShareAFolderAndAStrangerIsNotWelcome() {
        try (Folder open = Folder.open(folder)) {
            assertThatThrownBy(() -> Folder.open(folder))
                    .isInstanceOfSatisfying(
                            AgentException.class, e -> assertThat(e.exitCode()).isEqualTo(Exit.FOLDER));
            assertThat(open.root()).isEqualTo(folder.toAbsolutePath());
        }
        server.welcome = false;
        assertThatThrownBy(this::once)
                .isInstanceOfSatisfying(
                        AgentException.class, e -> assertThat(e.exitCode()).isEqualTo(Exit.CREDENTIAL));
    }

    @Test
    void aProcessThatIsKilledGoesOnWhereItWas() throws Exception {
        server.chunkSize = 1 << 20;
        byte[] content = bytes(48 << 20, 22);
        server.push("ps_1", "large.bin", content);
        server.store = (exchange, request, range) -> {
            try {
                Thread.sleep(40); // so that there is a middle
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        };
        Path credential = folder.resolve("agent.json");
        server.credential().write(credential);
        assertThat(Files.getPosixFilePermissions(credential)).hasSize(2);
        Path into = folder.resolve("kept");
        var killed = new CopyOnWriteArrayList<Long>();

        for (long until : new long[] {content.length / 3, 2L * content.length / 3}) {
            Process process = process(credential, into);
            soon().until(() -> server.sent.get() > until);
            process.destroyForcibly().waitFor();
            killed.add(server.sent.get());
        }
        Process last = process(credential, into);
        assertThat(last.waitFor()).isEqualTo(Exit.DONE);

        assertThat(into.resolve("large.bin")).hasBinaryContent(content);
        long twice = server.sent.get() - content.length;
        assertThat(twice)
                .as("pulled twice: at most what was under way at each kill")
                .isLessThanOrEqualTo(2L * 4 << 20);
        assertThat(Files.list(into.resolve(".parley/parts"))).isEmpty();
        String said = Files.readString(folder.resolve("agent.log"), StandardCharsets.UTF_8);
        assertThat(said).contains("large.bin is here").doesNotContain(PushingServer.SECRET);
        assertThat(server.state("ps_1")).isEqualTo("done");
    }

    private Process process(Path credential, Path into) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AgentMain.class.getName(),
                        "run",
                        "--once",
                        "--folder",
                        into.toString(),
                        "--credential",
                        credential.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("agent.log").toFile()))
                .start();
    }

    @Test
    void aSignalEndsItInOrder() throws Exception {
        Path credential = folder.resolve("agent.json");
        server.credential().write(credential);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AgentMain.class.getName(),
                        "run",
                        "--folder",
                        folder.resolve("kept").toString(),
                        "--credential",
                        credential.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.log").toFile())
                .start();
        soon().until(() -> server.socket.opened() == 1);
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(Exit.DONE);
        assertThat(Files.readString(folder.resolve("agent.log"))).contains("stopped");
    }
}
