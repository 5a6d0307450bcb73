package dev.parley.sfu.rooms;

import dev.parley.sfu.scene.Scene;

/** The same with the people of every room on three agents. */
class RoomsApartOverRelayTest extends RoomsApartTest {
    @Override
    Scene scene() {
        return Scene.spreadOver(3);
    }
}
