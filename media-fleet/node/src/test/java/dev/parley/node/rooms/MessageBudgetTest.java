package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageBudgetTest {
    @Test
    void allowsABurstThenItsRate() {
        MessageBudget budget = new MessageBudget(10, 3, 0);
        assertThat(budget.take(1, 0)).isTrue();
        assertThat(budget.take(1, 0)).isTrue();
        assertThat(budget.take(1, 0)).isTrue();
        assertThat(budget.take(1, 0)).isFalse();
        assertThat(budget.take(1, 99_000_000L)).isFalse();
        assertThat(budget.take(1, 150_000_000L)).isTrue();
        assertThat(budget.take(1, 150_000_000L)).isFalse();
    }

    @Test
    void neverSavesMoreThanTheBurst() {
        MessageBudget budget = new MessageBudget(10, 2, 0);
        long later = 3_600_000_000_000L;
        assertThat(budget.take(1, later)).isTrue();
        assertThat(budget.take(1, later)).isTrue();
        assertThat(budget.take(1, later)).isFalse();
    }
}
