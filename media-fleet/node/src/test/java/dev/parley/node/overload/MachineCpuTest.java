package dev.parley.node.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineCpuTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path processes;

    @TempDir
    Path groups;

    private long ownNanos = 5 * SECOND;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(processes.resolve("self"));
        Files.createDirectories(groups.resolve("pods/parley"));
    }

    private void stat(String fields) throws IOException {
        Files.writeString(processes.resolve("stat"), "cpu  " + fields + "\ncpu0 9 9 9 9 9 9 9 9 9 9\nintr 1\n");
    }

    private void group(String line, String stat) throws IOException {
        Files.writeString(processes.resolve("self/cgroup"), line + "\n");
        Files.writeString(groups.resolve("pods/parley/cpu.stat"), stat);
    }

    private MachineCpu cpu() {
        return new MachineCpu(processes, groups, () -> ownNanos, 2, 0);
    }

    @Test
    void sharesAreOfTheTimeSinceTheLastLook() throws IOException {
        stat("1000 0 500 8000 100 0 0 400 0 0");
        group("0::/pods/parley", "usage_usec 1\nnr_periods 100\nnr_throttled 40\nthrottled_usec 9\n");
        MachineCpu cpu = cpu();

        // 200 ticks: 60 user, 20 system, 80 idle, 20 waiting, 20 stolen.
        stat("1060 0 520 8080 120 0 0 420 0 0");
        group("0::/pods/parley", "usage_usec 1\nnr_periods 110\nnr_throttled 43\nthrottled_usec 9\n");
        ownNanos += SECOND / 2;
        MachineCpu.Shares shares = cpu.look(SECOND);
        assertThat(shares.busy()).isCloseTo(0.5, within(1e-9));
        assertThat(shares.steal()).isCloseTo(0.1, within(1e-9));
        assertThat(shares.own()).isCloseTo(0.25, within(1e-9));
        assertThat(shares.throttled()).isCloseTo(0.3, within(1e-9));

        assertThat(cpu.look(2 * SECOND)).isEqualTo(MachineCpu.Shares.NONE);
    }

    @Test
    void whatTheSystemDoesNotTellCountsAsNothing() {
        MachineCpu cpu = cpu();
        ownNanos += 2 * SECOND;
        assertThat(cpu.look(SECOND)).isEqualTo(new MachineCpu.Shares(0, 1, 0, 0));
    }

    @Test
    void whatIsNoNumberOrAnotherFormatCountsAsNothing() throws IOException {
        stat("1000 0 500 8000 100 0 0 400 0 0");
        group("4:cpu:/pods/parley", "nr_periods 100\nnr_throttled 40\n");
        MachineCpu cpu = cpu();
        stat("x y z 8000 100 0 0 400 0 0");
        group("0::/elsewhere", "");
        assertThat(cpu.look(SECOND)).isEqualTo(MachineCpu.Shares.NONE);
        stat("1000 0 500 8000");
        group("0::/pods/parley", "nr_periods many\nnr_throttled -3\n");
        assertThat(cpu.look(2 * SECOND)).isEqualTo(MachineCpu.Shares.NONE);
    }

    @Test
    void countersThatGoBackwardsCountAsNothing() throws IOException {
        stat("1000 0 500 8000 100 0 0 400 0 0");
        MachineCpu cpu = cpu();
        stat("10 0 5 80 1 0 0 4 0 0");
        ownNanos = 0;
        assertThat(cpu.look(SECOND)).isEqualTo(MachineCpu.Shares.NONE);
    }

    @Test
    void thisMachineIsReadable() {
        MachineCpu.Shares shares = MachineCpu.ofThisMachine().look(System.nanoTime() + SECOND);
        assertThat(shares.own()).isBetween(0.0, 1.0);
        assertThat(shares.busy()).isBetween(0.0, 1.0);
    }
}
