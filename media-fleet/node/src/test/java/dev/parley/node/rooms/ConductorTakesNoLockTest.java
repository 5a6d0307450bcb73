package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.node.agents.NothingBlocksAgents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent that leaves word with a room never waits for the others who do. */
@Tag("component")
@Timeout(120)
class ConductorTakesNoLockTest {
    private static final int OTHERS = 4;
    private static final int STEPS = 100_000;

    @Test
    void manyLeaveWorkAtOnceAndTheAgentDoesNotWait() throws Exception {
        Conductor conductor = new Conductor("room-test", () -> {}, now -> Long.MAX_VALUE);
        conductor.start();
        AtomicInteger done = new AtomicInteger();
        assertThat(NothingBlocksAgents.watch(() -> {
                    List<Thread> threads = new ArrayList<>();
                    for (int i = 0; i <= OTHERS; i++) {
                        threads.add(Thread.ofPlatform()
                                .name(i == 0 ? "media-agent-0" : "other-" + i)
                                .start(() -> leave(conductor, done)));
                    }
                    for (Thread thread : threads) {
                        thread.join();
                    }
                    await().until(() -> done.get() == (OTHERS + 1) * STEPS);
                }))
                .isEmpty();
        conductor.stop();
    }

    private static void leave(Conductor conductor, AtomicInteger done) {
        for (int i = 0; i < STEPS; i++) {
            conductor.post(done::incrementAndGet);
        }
    }
}
