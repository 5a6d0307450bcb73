package dev.parley.meetings.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.node.Breakouts.Breakout;
import dev.parley.kernel.HandMovedClock;
import dev.parley.local.stores.Stores;
import dev.parley.meetings.Breakouts;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.nodes.Doors;
import dev.parley.platform.nodes.DynamoDoors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("component")
class DynamoBreakoutsTest {
    private static final String ID = "abc-defg-hij";
    private static final int PEOPLE = 60;

    private final Stores stores = Stores.temporary();
    private final HandMovedClock clock = new HandMovedClock(Instant.now());
    private final Dynamo dynamo = Dynamo.of(stores.settings());
    private final DynamoBreakouts breakouts = new DynamoBreakouts(dynamo, clock);
    private final Doors doors = new DynamoDoors(dynamo);

    @AfterEach
    void stop() {
        dynamo.close();
        stores.close();
    }

    private Breakouts rooms(long revision, Optional<Instant> closesAt) {
        return new Breakouts(
                ID,
                revision,
                Instant.ofEpochMilli(1_000 * revision),
                List.of(new Breakout("b_1", "One"), new Breakout("b_2", "Zwei 二")),
                true,
                closesAt,
                Map.of("u_ana", "b_1"),
                Map.of("u_ben", "b_2"));
    }

    @Test
    void anActIsWrittenWholeAndNotOverAnother() {
        assertThat(breakouts.find(ID)).isEmpty();
        Instant at = Instant.ofEpochMilli(clock.millis()).plusSeconds(60);
        assertThat(breakouts.change(rooms(1, Optional.empty()))).isTrue();
        assertThat(breakouts.change(rooms(1, Optional.empty()))).isFalse();
        assertThat(breakouts.change(rooms(3, Optional.empty()))).isFalse();
        assertThat(breakouts.change(rooms(2, Optional.of(at)))).isTrue();
        assertThat(breakouts.find(ID)).contains(rooms(2, Optional.of(at)));
    }

    @Test
    void sixtyPeopleGoSomewhereAtOnceAndNobodyIsLost() throws Exception {
        Breakouts opened = rooms(1, Optional.empty());
        breakouts.change(opened);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<Breakouts>>> visits = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                String user = "u_" + i;
                visits.add(() -> breakouts.visit(opened, user, "b_2"));
            }
            for (var visit : threads.invokeAll(visits)) {
                assertThat(visit.get()).isPresent();
            }
        }
        Breakouts after = breakouts.find(ID).orElseThrow();
        assertThat(after.revision()).isEqualTo(1 + PEOPLE);
        assertThat(after.visits()).hasSize(1 + PEOPLE).containsEntry("u_7", "b_2");
        assertThat(breakouts.visit(rooms(9, Optional.empty()), "u_ana", "b_1"))
                .as("other rooms were opened since")
                .isEmpty();
    }

    @Test
    void nobodyGoesToRoomsThatAreClosed() {
        Breakouts opened = rooms(1, Optional.empty());
        breakouts.change(opened);
        breakouts.change(
                new Breakouts(ID, 2, opened.openedAt(), List.of(), false, Optional.empty(), Map.of(), Map.of()));
        assertThat(breakouts.visit(opened, "u_ana", "b_1")).isEmpty();
    }

    @Test
    void theFleetReadsEverybodysPlace() {
        assertThat(doors.breakouts(ID, clock.instant())).isEmpty();
        Instant at = clock.instant().plusSeconds(60);
        breakouts.change(rooms(1, Optional.of(at)));
        var hers = doors.breakouts(ID, clock.instant()).orElseThrow();
        assertThat(hers.revision()).isEqualTo(1);
        assertThat(hers.rooms()).containsExactly(new Breakout("b_1", "One"), new Breakout("b_2", "Zwei 二"));
        assertThat(hers.choose()).isTrue();
        assertThat(hers.closesIn()).isBetween(59_000L, 60_000L);
        assertThat(hers.places()).isEqualTo(Map.of("u_ana", "b_1", "u_ben", "b_2"));
        assertThat(hers.of("u_ben").places()).isEqualTo(Map.of("u_ben", "b_2"));
        assertThat(hers.of("u_cleo").places()).isEmpty();
        clock.advance(Duration.ofSeconds(61));
        assertThat(doors.breakouts(ID, clock.instant()).orElseThrow().rooms()).isEmpty();
    }
}
