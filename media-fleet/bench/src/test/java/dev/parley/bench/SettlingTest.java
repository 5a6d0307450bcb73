package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettlingTest {
    @Test
    void settlesWhenTheCostHasStoppedFalling() {
        Settling settling = new Settling();
        assertThat(settling.add(9000)).isFalse();
        assertThat(settling.add(5000)).isFalse();
        assertThat(settling.add(4990)).isFalse();
        assertThat(settling.add(5200)).isFalse();
        assertThat(settling.add(4600)).isFalse();
        assertThat(settling.add(4600)).isFalse();
        assertThat(settling.add(4700)).isFalse();
        assertThat(settling.add(4590)).isFalse();
        assertThat(settling.add(4800)).isFalse();
        assertThat(settling.add(4600)).isTrue();
    }
}
