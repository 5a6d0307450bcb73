package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Report report(boolean json) {
        return new Report(new PrintStream(out, true, StandardCharsets.UTF_8), "broadcast", "parley", true, json);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void aMissedTargetIsRemembered() {
        Report report = report(true);
        report.tell("receivers", 3, "participants");
        report.atMost(1, "loss_ratio", 1, "");
        assertThat(report.missed()).isFalse();
        report.atLeast(2, "packets_per_cpu_second", 1.5, "1/s");
        assertThat(report.missed()).isTrue();
        assertThat(printed().lines().toList().getLast())
                .isEqualTo(
                        "{\"bench\":\"sfu\",\"profile\":\"broadcast\",\"server\":\"parley\","
                                + "\"metric\":\"packets_per_cpu_second\",\"value\":1.500,\"unit\":\"1/s\",\"target\":2,\"held\":false}");
    }

    @Test
    void aFigureThatIsNotThereHoldsNoTarget() {
        Report report = report(true);
        report.atMost(1, "transit_p99_ms", Double.NaN, "ms");
        assertThat(report.missed()).isTrue();
        assertThat(printed()).contains("\"value\":null", "\"held\":false");
    }

    @Test
    void lessThanCanBeToldFromNoneHoldsNone() {
        Report report = report(true);
        report.none(0.5, "allocated_bytes_per_packet", 0.4, "B");
        assertThat(report.missed()).isFalse();
        assertThat(printed()).contains("\"value\":0.400", "\"target\":0,");
        report.none(0.5, "allocated_bytes_per_packet", 0.5, "B");
        assertThat(report.missed()).isTrue();
    }

    @Test
    void whoHasNoTargetsMissesNone() {
        Report report = report(true).withoutTargets();
        report.atLeast(2, "packets_per_cpu_second", 1, "1/s");
        assertThat(report.missed()).isFalse();
        assertThat(printed()).contains("\"target\":null");
    }

    @Test
    void samplesOfSeveralAgentsAreAddedUp() {
        NodeNumbers before = NodeNumbers.read("# HELP x\nx{agent=\"0\"} 1\nx{agent=\"1\"} 2\ny 5\n");
        NodeNumbers after = NodeNumbers.read("x{agent=\"0\"} 4\nx{agent=\"1\"} 4.5\n");
        assertThat(after.since(before, "x")).isEqualTo(5.5);
        assertThat(before.find("y")).hasValue(5);
        assertThat(before.find("z")).isEmpty();
    }
}
