package dev.parley.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NapRuleTest {
    private static final long MILLI = 1_000_000;

    @Test
    void aQuietPortNeverNaps() {
        NapRule rule = new NapRule(0);
        for (int i = 1; i <= 100; i++) {
            assertThat(rule.napNanos(i * MILLI, i)).isZero();
        }
    }

    @Test
    void aBusyPortNapsAndWakesUpWhenItCalms() {
        NapRule rule = new NapRule(0);
        long nap = 0;
        for (int i = 1; i <= 20; i++) {
            nap = rule.napNanos(i * MILLI, i * 100L);
        }
        assertThat(nap).isEqualTo(NapRule.LONGEST_NAP_NANOS);
        assertThat(rule.napNanos(40 * MILLI, 2000)).isZero();
    }

    @Test
    void between() {
        NapRule rule = new NapRule(0);
        long nap = 0;
        for (int i = 1; i <= 30; i++) {
            nap = rule.napNanos(i * MILLI, i * 21L);
        }
        assertThat(nap).isBetween(165_000L, 185_000L);
    }
}
