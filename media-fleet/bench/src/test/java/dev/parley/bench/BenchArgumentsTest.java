package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchArgumentsTest {
    private static BenchArguments parse(String... given) {
        return BenchArguments.parse(List.of(given));
    }

    private static void refused(String saying, String... given) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(given)).withMessageContaining(saying);
    }

    @Test
    void hasSomethingToMeasureWithoutArguments() {
        BenchArguments usual = parse();
        assertThat(usual.profile()).isEqualTo("broadcast");
        assertThat(usual.burst()).isTrue();
        assertThat(usual.json()).isFalse();
    }

    @Test
    void takesWhatItIsTold() {
        BenchArguments told = parse("--receivers", "7", "--seconds", "3", "--arrival", "spread:2ms", "--json");
        assertThat(told.receivers()).isEqualTo(7);
        assertThat(told.seconds()).isEqualTo(3);
        assertThat(told.gap()).isEqualTo(Duration.ofMillis(2));
        assertThat(told.burst()).isFalse();
        assertThat(told.json()).isTrue();
    }

    @Test
    void saysWhatItCannotTake() {
        refused("--wings", "--wings");
        refused("--receivers", "--receivers", "0");
        refused("--receivers needs a value", "--receivers");
        refused("burst or spread", "--arrival", "sometimes");
        refused("--profile", "--profile", "disco");
        refused("longer than a frame", "--packets-per-frame", "9", "--arrival", "spread:4ms");
    }
}
