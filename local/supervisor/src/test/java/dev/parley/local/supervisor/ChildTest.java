package dev.parley.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    @Test
    void aCrashedChildIsStartedAgainUntilItIsStopped() throws InterruptedException {
        Child child = child("echo ready now; exec sleep 100");
        child.start();
        try (var probe = new Probe()) {
            child.awaitReady(probe, LIMIT);
        }
        assertThat(child.said("ready ")).contains("now");
        long first = child.pid();
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        await().atMost(LIMIT).until(() -> child.pid() != first);
        assertThat(child.restarts()).isEqualTo(1);
        assertThat(said).singleElement().asString().contains("started again");
        long second = child.pid();
        child.stop();
        assertThat(ProcessHandle.of(second).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(child.restarts()).isEqualTo(1);
    }

    @Test
    void aChildThatEndsBeforeItIsReadyFailsTheStartWithItsWords() throws InterruptedException {
        Child child = child("echo no key set; exit 4");
        child.start();
        try (var probe = new Probe()) {
            assertThatThrownBy(() -> child.awaitReady(probe, LIMIT))
                    .isInstanceOf(SupervisorException.class)
                    .hasMessageContaining("ended with code 4")
                    .hasMessageContaining("no key set");
        }
    }

    private Child child(String script) {
        return new Child(
                new ChildSpec(
                        "child",
                        List.of("/bin/sh", "-c", script),
                        Map.of(),
                        folder,
                        folder.resolve("child.log"),
                        new ChildSpec.Ready.Says("ready ")),
                said::add,
                () -> {});
    }
}
