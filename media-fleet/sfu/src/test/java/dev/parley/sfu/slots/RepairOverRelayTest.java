package dev.parley.sfu.slots;

import dev.parley.sfu.scene.Scene;

/** The same with the people of the room on two agents. */
class RepairOverRelayTest extends RepairTest {
    @Override
    Scene scene() {
        return Scene.spreadOver(2);
    }
}
