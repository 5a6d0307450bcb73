package dev.parley.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that dies without a word leaves its PostgreSQL behind; the next start takes the data folder back. */
@Tag("component")
class OrphanedDatabaseTest {
    @Test
    void theNextStartTakesTheFolderBack(@TempDir Path folder) throws IOException, InterruptedException {
        Process killed = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        Path ready = folder.resolve("ready");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(ready) || !killed.isAlive());
        assertThat(ready).as(Files.readString(folder.resolve("out.log"))).exists();
        long orphan = Long.parseLong(
                Files.readAllLines(folder.resolve("data/pg/postmaster.pid")).getFirst());
        killed.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(orphan)).isPresent();

        try (Stores stores = Stores.start(StoresOptions.in(folder.resolve("data")))) {
            assertThat(stores.databasePort()).isPositive();
            assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    /** Starts stores and waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path folder = Path.of(arguments[0]);
            Stores.start(StoresOptions.in(folder.resolve("data")));
            Files.createFile(folder.resolve("ready"));
            Thread.currentThread().join();
        }
    }
}
