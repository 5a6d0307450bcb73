package dev.parley.platform.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.Settings;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiringTest {
    private static final List<String> DONE = new CopyOnWriteArrayList<>();
    private static final CountDownLatch WARMING_UP = new CountDownLatch(1);
    private static final CountDownLatch WARM = new CountDownLatch(1);

    /** Takes until it is told to warm up. */
    public static final class Slow extends LambdaFunction {
        @Override
        protected EventRouter wire(Settings settings) {
            JsonLog log = new JsonLog("slow", InstantSource.system(), System.out);
            return EventRouter.builder(log)
                    .beforehand("slowly", () -> {
                        WARMING_UP.countDown();
                        awaited(WARM);
                        DONE.add("warm");
                    })
                    .build();
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itsEndIsTheEndOfItsWarmUp(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("META-INF"));
        Files.writeString(
                folder.resolve("META-INF/MANIFEST.MF"),
                "Manifest-Version: 1.0\nStart-Class: " + Slow.class.getName() + "\n");
        try (var loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Wiring wiring = Wiring.begin(loader);
            assertThat(wiring.router()).isNotNull();
            awaited(WARMING_UP);
            Thread closing = Thread.ofPlatform().start(() -> {
                wiring.awaitEnd();
                DONE.add("closed");
            });
            while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            WARM.countDown();
            assertThat(closing.join(Duration.ofSeconds(60))).isTrue();
        }

        assertThat(DONE).containsExactly("warm", "closed");
    }
}
