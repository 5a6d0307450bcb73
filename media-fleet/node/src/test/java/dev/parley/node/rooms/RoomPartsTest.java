package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.node.agents.MediaAgent;
import dev.parley.node.agents.MediaAgents;
import dev.parley.node.agents.SteppedAgents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parts on agents that take two commands at a time. */
class RoomPartsTest {
    private static final String ROOM = "room";

    private final SteppedAgents stepped = new SteppedAgents(2, 0, 1);
    private final MediaAgents agents = stepped.all();
    private final MediaAgent first = stepped.agent(0);
    private final MediaAgent second = stepped.agent(1);
    private final RoomCounters counters = new RoomCounters();
    private final RoomParts parts = new RoomParts(ROOM, agents, 1, counters, () -> SteppedAgents.NOBODY);

    @AfterEach
    void close() {
        stepped.close();
    }

    private void enterTheFirst() {
        parts.openFirst(0);
        assertThat(parts.place(0)).isSameAs(first);
        parts.entered(first);
        stepped.work(1);
    }

    @Test
    void aPartThatItsAgentWasTooBusyToLinkIsLinkedLater() {
        enterTheFirst();
        // Its end of the link and the room itself are two commands; the third finds no place.
        assertThat(parts.place(0)).isSameAs(second);
        parts.entered(second);
        stepped.work(1);
        first.sfu().join(ROOM, SteppedAgents.publisher());
        stepped.work(100);
        assertThat(agents.link(first, second).orElseThrow().tracks()).isZero();

        parts.tidy(0);
        stepped.work(100);

        assertThat(agents.link(first, second).orElseThrow().tracks()).isEqualTo(1);
        assertThat(agents.link(second, first).orElseThrow().tracks()).isEqualTo(1);
    }

    @Test
    void aRoomStaysTogetherWhileTheNextAgentIsTooBusyToOpenIt() {
        enterTheFirst();
        stepped.fill(1);

        assertThat(parts.place(0)).isSameAs(first);
        assertThat(second.rooms()).hasValue(0);
        stepped.work(1);
        assertThat(parts.place(0)).isSameAs(second);
        assertThat(counters.spreadRooms).hasValue(1);
    }

    @Test
    void whoCannotGetAPartIsToldToTryAgain() {
        stepped.fill(0);
        parts.openFirst(0);
        assertThatThrownBy(() -> parts.place(0))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));

        stepped.work(1);
        assertThat(parts.place(0)).isSameAs(first);
    }

    @Test
    void aPartIsNotForgottenBeforeItsAgentHasClosedIt() {
        enterTheFirst();
        parts.left(first, 0);
        stepped.fill(0);

        assertThat(parts.end()).isFalse();
        stepped.work(1);
        assertThat(first.sfu().roomCount()).isEqualTo(1);
        assertThat(parts.end()).isTrue();
        stepped.work(1);
        assertThat(first.sfu().roomCount()).isZero();
        assertThat(first.rooms()).hasValue(0);
    }
}
