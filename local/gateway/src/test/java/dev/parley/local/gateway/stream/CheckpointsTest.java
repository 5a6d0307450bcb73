package dev.parley.local.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private Path folder;

    private Checkpoints open(String stream) {
        return new Checkpoints(folder.resolve("streams/Notifications-Outbox.json"), stream);
    }

    @Test
    void whatIsDoneStaysDone() {
        Checkpoints before = open("s1");
        assertThat(before.isEmpty()).isTrue();
        before.done("a", "7");
        before.done("a", "9");
        before.finished("b");

        Checkpoints after = open("s1");
        assertThat(after.last("a")).contains("9");
        assertThat(after.last("b")).isEmpty();
        assertThat(after.isFinished("b")).isTrue();
        assertThat(after.isFinished("a")).isFalse();
        assertThat(after.last("c")).isEmpty();
    }

    @Test
    void anotherStreamBeginsAnew() {
        open("s1").done("a", "7");

        assertThat(open("s2").isEmpty()).isTrue();
    }

    @Test
    void shardsThatAreGoneAreForgotten() {
        Checkpoints checkpoints = open("s1");
        checkpoints.finished("a");
        checkpoints.done("b", "3");
        checkpoints.keep(Set.of("b"));
        checkpoints.done("b", "4");

        assertThat(open("s1").isFinished("a")).isFalse();
        assertThat(open("s1").last("b")).contains("4");
    }
}
