package dev.parley.node.seats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.nodes.Seats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DeparturesTest {
    private static final String ROOM = "abc-defg-hij";
    private static final String ANA = "p_ana";

    private final Table table = new Table();
    private final List<String> sentAway = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - 5_000_000_000L;
    private final Departures departures = new Departures(
            table, Duration.ofSeconds(45), (room, participant) -> sentAway.add(participant), () -> nowNanos);

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            departures.step();
            nowNanos += 1_000_000_000L;
        }
        departures.step();
    }

    @Test
    void whoIsGoneForTheGraceTimeLosesTheSeatOnce() {
        table.revisions.put(ANA, 3L);
        departures.went(ROOM, ANA);
        pass(44);
        assertThat(table.freed).isEmpty();
        pass(1);
        assertThat(table.freed).containsExactly(ANA);
        pass(120);
        assertThat(table.freed).containsExactly(ANA);
        assertThat(departures.size()).isZero();
        assertThat(sentAway).isEmpty();
    }

    @Test
    void aNewSessionWithinTheGraceTimeKeepsTheSeat() {
        table.revisions.put(ANA, 3L);
        departures.went(ROOM, ANA);
        pass(40);
        departures.came(ROOM, ANA);
        pass(120);
        assertThat(table.freed).isEmpty();
        assertThat(departures.size()).isZero();
    }

    @Test
    void aSecondDepartureHasItsOwnGraceTime() {
        table.revisions.put(ANA, 3L);
        departures.went(ROOM, ANA);
        pass(40);
        departures.came(ROOM, ANA);
        departures.went(ROOM, ANA);
        pass(44);
        assertThat(table.freed).isEmpty();
        pass(1);
        assertThat(table.freed).containsExactly(ANA);
    }

    @Test
    void whoJoinedAgainAndHasNoSessionYetIsGivenTheGraceTimeAnew() {
        table.revisions.put(ANA, 3L);
        departures.went(ROOM, ANA);
        pass(44);
        table.revisions.put(ANA, 4L);
        pass(10);
        assertThat(table.freed).isEmpty();
        pass(45);
        assertThat(table.freed).containsExactly(ANA);
    }

    @Test
    void whoLeftOrWasRemovedOrWhoseMeetingIsOverIsNotLookedAfter() {
        departures.went(ROOM, ANA);
        pass(1);
        assertThat(departures.size()).isZero();
        table.revisions.put(ANA, 3L);
        departures.went(ROOM, ANA);
        pass(20);
        table.revisions.remove(ANA);
        pass(60);
        assertThat(table.freed).isEmpty();
        assertThat(departures.size()).isZero();
    }

    @Test
    void aDarkStoreIsAskedLessAndLessOftenAndTheSeatIsFreedWhenItAnswers() {
        table.revisions.put(ANA, 3L);
        departures.went(ROOM, ANA);
        pass(10);
        table.dark = true;
        pass(600);
        assertThat(table.refused).isBetween(8, 20);
        table.dark = false;
        pass(61);
        assertThat(table.freed).containsExactly(ANA);
    }

    @Test
    void aStoreThatStaysDarkIsLeftAloneAfterHalfAnHour() {
        table.revisions.put(ANA, 3L);
        table.dark = true;
        departures.went(ROOM, ANA);
        pass(1_900);
        assertThat(departures.size()).isZero();
        int asked = table.refused;
        pass(600);
        assertThat(table.refused).isEqualTo(asked).isLessThan(45);
    }

    @Test
    void anAnswerThatWasLostIsNotTakenForAFailure() {
        table.revisions.put(ANA, 3L);
        departures.went(ROOM, ANA);
        table.losesAnswers = true;
        pass(200);
        assertThat(table.freed).containsExactly(ANA);
        assertThat(departures.size()).isZero();
    }

    @Test
    void aSessionThatOpensWhileTheSeatIsBeingFreedIsSentAway() {
        table.revisions.put(ANA, 3L);
        departures.went(ROOM, ANA);
        table.whileFreeing = () -> departures.came(ROOM, ANA);
        pass(46);
        assertThat(table.freed).containsExactly(ANA);
        assertThat(sentAway).containsExactly(ANA);
        assertThat(departures.size()).isZero();
    }

    @Test
    void whoTookASeatAgainAfterTheirsWasFreedStays() {
        table.revisions.put(ANA, 3L);
        departures.went(ROOM, ANA);
        pass(45);
        assertThat(table.freed).containsExactly(ANA);
        table.revisions.put(ANA, 5L);
        departures.came(ROOM, ANA);
        pass(60);
        assertThat(sentAway).isEmpty();
        assertThat(table.freed).hasSize(1);
    }

    @Test
    void anExchangeThatWasOnItsWayWhenItsOwnerLeftIsSentAway() {
        departures.gaveUp(ROOM, ANA);
        departures.went(ROOM, ANA);
        pass(5);
        departures.came(ROOM, ANA);
        pass(1);
        assertThat(sentAway).containsExactly(ANA);
        assertThat(table.freed).isEmpty();
        departures.went(ROOM, ANA);
        pass(60);
        assertThat(departures.size()).isZero();
    }

    @Test
    void whoLeftAndCameBackAtOnceStaysAndIsLookedAfterAsEverybody() {
        departures.gaveUp(ROOM, ANA);
        departures.went(ROOM, ANA);
        pass(1);
        table.revisions.put(ANA, 7L);
        departures.came(ROOM, ANA);
        pass(1);
        assertThat(sentAway).isEmpty();
        departures.went(ROOM, ANA);
        pass(46);
        assertThat(table.freed).containsExactly(ANA);
    }

    @Test
    void oneTroubledSeatDoesNotHoldUpTheOthers() {
        table.revisions.put(ANA, 3L);
        table.revisions.put("p_ben", 1L);
        table.troubled = ANA;
        departures.went(ROOM, ANA);
        departures.went(ROOM, "p_ben");
        pass(60);
        assertThat(table.freed).containsExactly("p_ben");
    }

    @Test
    void aNodeThatStopsFreesNothing() {
        table.revisions.put(ANA, 3L);
        departures.went(ROOM, ANA);
        pass(44);
        departures.close();
        pass(10);
        assertThat(table.freed).isEmpty();
    }

    /** The port's in-memory twin: a person has a revision as long as they hold a seat. */
    private static final class Table implements Seats {
        private final Map<String, Long> revisions = new HashMap<>();
        private final List<String> freed = new ArrayList<>();
        private String troubled = "";
        private boolean dark;
        private boolean losesAnswers;
        private int refused;
        private Runnable whileFreeing = () -> {};

        private void answer(String participantId) {
            if (dark || troubled.equals(participantId)) {
                refused++;
                throw new IllegalStateException("dark");
            }
        }

        @Override
        public OptionalLong held(String roomId, String participantId) {
            answer(participantId);
            Long revision = revisions.get(participantId);
            return revision == null ? OptionalLong.empty() : OptionalLong.of(revision);
        }

        @Override
        public boolean free(String roomId, String participantId, long revision) {
            answer(participantId);
            whileFreeing.run();
            boolean done = revisions.remove(participantId, revision);
            if (done) {
                freed.add(participantId);
            }
            if (done && losesAnswers) {
                throw new IllegalStateException("timed out");
            }
            return done;
        }
    }
}
