package dev.parley.node.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the kernel says of a thread that asked for precedence. */
class PrecedenceTest {
    private static final Path OWN = Path.of("/proc/thread-self/stat");
    /** Counted behind the name in brackets: the 19th field of proc(5). */
    private static final int NICE_FIELD = 16;

    @Test
    void concernsTheThreadThatAskedAndNoOther() {
        assumeTrue(Files.exists(OWN), "Linux");
        CompletableFuture<Integer> nice = new CompletableFuture<>();
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        int before = nice();
        Thread.ofPlatform().start(() -> {
            taken.complete(Precedence.take());
            nice.complete(nice());
        });
        assertThat(nice.join()).isEqualTo(taken.join() ? Precedence.NICE : before);
        assertThat(nice()).isEqualTo(before);
    }

    private static int nice() {
        try {
            String stat = Files.readString(OWN);
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE_FIELD]);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
