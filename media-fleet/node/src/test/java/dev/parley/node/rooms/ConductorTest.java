package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConductorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Conductor conductor = new Conductor("room-test", () -> {});

    @Test
    void goesOnAfterAStepThatBreaksDown() {
        conductor.start();
        conductor.post(() -> {
            throw new StackOverflowError("too deep");
        });
        assertThatThrownBy(() -> conductor.call(
                        () -> {
                            throw new StackOverflowError("too deep");
                        },
                        PATIENCE))
                .isInstanceOf(IllegalStateException.class);
        assertThat(conductor.call(() -> 7, PATIENCE)).isEqualTo(7);
        conductor.stop();
    }
}
