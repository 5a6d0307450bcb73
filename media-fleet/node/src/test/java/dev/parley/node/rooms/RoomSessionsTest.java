package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.node.agents.SteppedAgents;
import dev.parley.node.negotiation.Agreement;
import dev.parley.rtp.fuzz.Fuzz;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a room counts of sessions that could not be opened. */
class RoomSessionsTest {
    private static final int ONE_SESSION_AN_AGENT = 1;

    /** Nodes number their agents from 0. No ring can be made for the second of these, as when there is no memory for it. */
    private final SteppedAgents stepped = new SteppedAgents(64, 0, 7);

    private final RoomCounters counters = new RoomCounters();
    private final Room room = new Room(
            "room",
            new RoomPlan(
                    "node",
                    "127.0.0.1",
                    stepped.identity().fingerprint(),
                    10,
                    10,
                    64,
                    ONE_SESSION_AN_AGENT,
                    Duration.ZERO),
            stepped.all(),
            counters,
            Attendance.UNHEARD,
            new RoomQuality("room", InstantSource.system(), QualityKeeper.UNHEARD),
            () -> {});

    @AfterEach
    void close() {
        room.conductor().stop();
        stepped.close();
    }

    private void open(int number) {
        Agreement agreement = Agreement.of(
                Fuzz.text(RoomSessionsTest.class, "/sdp/chromium-offer.sdp"),
                List.of(),
                EnumSet.allOf(Source.class),
                64,
                new SecureRandom());
        MediaClaims claims =
                new MediaClaims("p_" + number, "u_" + number, "A", "host", number, 1, Optional.empty(), List.of());
        room.conductor()
                .call(
                        () -> room.open(
                                "s_" + number, claims, () -> agreement, new NodeOffer("", 1, "", List.of(), List.of())),
                        Duration.ofMinutes(1));
    }

    @Test
    void oneForWhichNoRingCouldBeMadeIsNotCountedAndLeavesNoPart() {
        room.start();
        open(1);

        assertThatThrownBy(() -> open(2)).isInstanceOf(IllegalStateException.class);
        stepped.work(1);

        assertThat(counters.sessions).hasValue(1);
        assertThat(stepped.agent(0).sfu().roomCount()).isEqualTo(1);
        assertThat(stepped.agent(1).sfu().roomCount()).isZero();
        assertThat(stepped.agent(1).rooms()).hasValue(0);
    }
}
