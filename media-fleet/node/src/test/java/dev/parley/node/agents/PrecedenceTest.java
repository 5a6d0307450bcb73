package dev.parley.node.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the kernel's own files say of threads, of those that asked for precedence and of others. */
class PrecedenceTest {
    private static final Path STAT = Path.of("/proc/thread-self/stat");
    private static final Path SCHEDULING = Path.of("/proc/thread-self/sched");
    /** Counted behind the name in brackets: the 19th field of proc(5). */
    private static final int NICE_FIELD = 16;

    @BeforeEach
    void onlyLinuxTells() {
        assumeTrue(Files.exists(STAT), "this system has no /proc of threads");
    }

    @Test
    void isWhatTheKernelSays() {
        on(() -> {
            Precedence.Attributes taken = Precedence.take().orElseThrow();
            assertThat(taken.nice()).isEqualTo(nice());
            if (Files.exists(SCHEDULING) && taken.sliceNanos() > 0) {
                assertThat(taken.sliceNanos()).isEqualTo(sliceNanos());
            }
            return taken;
        });
    }

    @Test
    void givesShortSlicesWithoutAPrivilege() {
        assumeTrue(
                Precedence.attributes().orElseThrow().sliceNanos() > 0,
                "a kernel before 6.12 has no slices of one's own");
        on(() -> {
            Precedence.take();
            assertThat(Precedence.attributes().orElseThrow().sliceNanos()).isEqualTo(Precedence.SLICE_NANOS);
            return null;
        });
    }

    @Test
    void concernsNeitherOtherThreadsNorThoseThatTheThreadStarts() {
        Precedence.Attributes before = Precedence.attributes().orElseThrow();
        List<Precedence.Attributes> after = on(() -> {
            Precedence.take();
            return List.of(on(() -> Precedence.attributes().orElseThrow()));
        });
        assertThat(after.getFirst().nice()).isEqualTo(Math.max(0, before.nice()));
        assertThat(after.getFirst().sliceNanos()).isEqualTo(before.sliceNanos());
        assertThat(Precedence.attributes()).contains(before);
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(new Precedence.Attributes(Precedence.NICE, Precedence.SLICE_NANOS).text())
                .isEqualTo("nice -5, slices of 0.1 ms");
        assertThat(new Precedence.Attributes(0, 0).text())
                .contains("CAP_SYS_NICE")
                .contains("6.12");
    }

    /** Asks on a thread of its own. */
    private static <T> T on(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }

    private static int nice() {
        try {
            String stat = Files.readString(STAT);
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE_FIELD]);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long sliceNanos() {
        try (Stream<String> lines = Files.lines(SCHEDULING)) {
            return lines.filter(line -> line.startsWith("se.slice"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll(".*: *", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
