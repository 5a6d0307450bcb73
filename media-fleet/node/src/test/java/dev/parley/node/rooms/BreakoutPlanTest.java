package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.node.Breakouts;
import dev.parley.contracts.node.Breakouts.Breakout;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BreakoutPlanTest {
    private static final List<Breakout> ROOMS = List.of(new Breakout("b_1", "One"), new Breakout("b_2", "Two"));

    private final BreakoutPlan plan = new BreakoutPlan();

    private static Breakouts breakouts(long revision, Map<String, String> places) {
        return new Breakouts(revision, ROOMS, false, null, places);
    }

    @Test
    void anActSaysItOfEverybodyAndALateOneNothing() {
        assertThat(plan.placeOf("u_1")).isEmpty();
        assertThat(plan.take(breakouts(2, Map.of("u_1", "b_1", "u_2", "b_2")), 0))
                .isTrue();
        assertThat(plan.take(breakouts(1, Map.of("u_1", "b_2")), 0)).isFalse();
        assertThat(plan.placeOf("u_1")).contains("b_1");
        assertThat(plan.take(breakouts(3, Map.of("u_1", "b_2", "u_3", "b_gone")), 0))
                .isTrue();
        assertThat(plan.placeOf("u_1")).contains("b_2");
        assertThat(plan.placeOf("u_2")).isEmpty();
        assertThat(plan.placeOf("u_3")).as("a room that is not there").isEmpty();
    }

    @Test
    void offersBringTheirOwnPlacesToANodeThatKnowsNothing() {
        assertThat(plan.takeOf("u_1", null, 0)).isFalse();
        assertThat(plan.takeOf("u_1", breakouts(5, Map.of("u_1", "b_1")), 0)).isTrue();
        assertThat(plan.takeOf("u_2", breakouts(5, Map.of("u_2", "b_2")), 0)).isFalse();
        assertThat(plan.takeOf("u_3", breakouts(4, Map.of("u_3", "b_2")), 0)).isFalse();
        assertThat(plan.placeOf("u_1")).contains("b_1");
        assertThat(plan.placeOf("u_2")).contains("b_2");
        assertThat(plan.placeOf("u_3")).as("older, but all there is").contains("b_2");
        plan.take(breakouts(6, Map.of("u_1", "b_1")), 0);
        assertThat(plan.takeOf("u_3", breakouts(4, Map.of("u_3", "b_2")), 0)).isFalse();
        assertThat(plan.placeOf("u_3")).as("everybody's places are known").isEmpty();
        assertThat(plan.takeOf("u_1", breakouts(6, Map.of()), 0)).isFalse();
        assertThat(plan.placeOf("u_1")).isEmpty();
    }

    @Test
    void afterTheCountdownNobodyIsAnywhere() {
        assertThat(plan.closesInNanos(7)).isEqualTo(Long.MAX_VALUE);
        plan.take(new Breakouts(1, ROOMS, true, 60_000L, Map.of("u_1", "b_1")), 1_000);
        assertThat(plan.closesInNanos(1_000)).isEqualTo(60_000_000_000L);
        assertThat(plan.choose()).isTrue();
        plan.close();
        assertThat(plan.placeOf("u_1")).isEmpty();
        assertThat(plan.rooms()).isEmpty();
        assertThat(plan.closesInNanos(7)).isEqualTo(Long.MAX_VALUE);
        assertThat(plan.revision()).isEqualTo(1);
    }
}
