package dev.parley.node.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.relay.RelayLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MediaAgentsTest {
    private static final String ROOM = "room";

    private final SteppedAgents stepped = new SteppedAgents(2, 0, 1);
    private final MediaAgent idle = stepped.agent(0);
    private final MediaAgent busy = stepped.agent(1);
    private final MediaAgents agents = stepped.all();

    @AfterEach
    void close() {
        stepped.close();
    }

    @Test
    void anAgentThatWasTooBusyToBeLinkedIsLinkedTheNextTime() {
        stepped.fill(1);
        assertThat(agents.link(idle, busy)).isEmpty();
        stepped.work(1);

        RelayLink link = agents.link(idle, busy).orElseThrow();
        stepped.work(1);
        idle.sfu().openRoom(ROOM, SteppedAgents.NOBODY);
        idle.sfu().spread(ROOM, link);
        busy.sfu().openRoom(ROOM, SteppedAgents.NOBODY);
        busy.sfu().join(ROOM, SteppedAgents.publisher());
        stepped.work(100);

        assertThat(link.tracks()).isEqualTo(1);
        assertThat(agents.link(busy, idle).orElseThrow().tracks()).isEqualTo(1);
    }
}
