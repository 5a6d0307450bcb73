package dev.parley.platform.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.Settings;
import java.io.IOException;
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

    /** Waits in its wiring until what is loaded ahead has come to its end. */
    public static final class Ahead extends LambdaFunction {
        static final CountDownLatch ALL = new CountDownLatch(3);

        @Override
        protected EventRouter wire(Settings settings) {
            awaited(ALL);
            return EventRouter.builder(new JsonLog("ahead", InstantSource.system(), System.out))
                    .build();
        }

        @Override
        protected List<Runnable> ahead() {
            return List.of(ALL::countDown, Ahead::failing, ALL::countDown);
        }

        private static void failing() {
            ALL.countDown();
            throw new IllegalStateException("it is not there");
        }
    }

    @Test
    void whatIsLoadedAheadIsDoneBesideTheWiringAndMayFail(@TempDir Path folder) throws Exception {
        try (var loader = naming(folder, Ahead.class)) {
            Wiring wiring = Wiring.begin(loader);
            wiring.helpOnce();
            wiring.helpUntilWired();

            assertThat(wiring.router()).isNotNull();
            assertThat(Ahead.ALL.getCount()).isZero();
            wiring.awaitEnd();
        }
    }

    private static URLClassLoader naming(Path folder, Class<? extends LambdaFunction> function) throws IOException {
        Files.createDirectories(folder.resolve("META-INF"));
        Files.writeString(
                folder.resolve("META-INF/MANIFEST.MF"),
                "Manifest-Version: 1.0\nStart-Class: " + function.getName() + "\n");
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, WiringTest.class.getClassLoader());
    }

    @Test
    void itsEndIsTheEndOfItsWarmUp(@TempDir Path folder) throws Exception {
        try (var loader = naming(folder, Slow.class)) {
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
