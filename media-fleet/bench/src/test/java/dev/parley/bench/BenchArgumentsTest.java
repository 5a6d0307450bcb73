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
    void aMeetingHasRoomsOfNineUnlessToldOtherwise() {
        assertThat(parse("--profile", "meeting", "--receivers", "95").rooms()).isEqualTo(10);
        assertThat(parse("--profile", "meeting", "--receivers", "150", "--rooms", "1")
                        .rooms())
                .isEqualTo(1);
        assertThat(parse("--receivers", "1000", "--rooms", "50").rooms()).isEqualTo(50);
    }

    @Test
    void takesLongRunsScalesAndPeers() {
        assertThat(parse("--hold", "10m").seconds()).isEqualTo(600);
        assertThat(parse("--hold", "90s").seconds()).isEqualTo(90);
        assertThat(parse("--scale", "1000,10,100").scale()).containsExactly(10, 100, 1000);
        assertThat(parse("--peer", "janus").peer()).isEqualTo("janus");
        assertThat(parse("--agents", "0").agents()).isZero();
        assertThat(parse().agents()).isEqualTo(1);
        assertThat(parse("--profile", "churn", "--joins-per-second", "7").joinsPerSecond())
                .isEqualTo(7);
    }

    @Test
    void saysWhatItCannotTake() {
        refused("--hold", "--hold", "long");
        refused("--scale", "--scale", "10");
        refused("not meeting", "--profile", "meeting", "--scale", "10,20");
        refused("rooms need", "--receivers", "3", "--rooms", "4");
        refused("--wings", "--wings");
        refused("--receivers", "--receivers", "0");
        refused("--receivers needs a value", "--receivers");
        refused("burst or spread", "--arrival", "sometimes");
        refused("--profile", "--profile", "disco");
        refused("longer than a frame", "--packets-per-frame", "9", "--arrival", "spread:4ms");
    }
}
