package dev.parley.sfu.allocation;

import dev.parley.sfu.scene.Scene;

/** The same with the people of the room on two agents. */
class VoiceSelectionOverRelayTest extends VoiceSelectionTest {
    @Override
    Scene scene() {
        return Scene.spreadOver(2);
    }
}
