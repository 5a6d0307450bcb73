package dev.parley.bench;

import dev.parley.contracts.media.ChannelMessage;

/**
 * Someone's place in a room.
 *
 * @param number from 1 on, its own in the room
 * @param want what it wants to see from the start
 */
public record Seat(String room, int number, PeerPlan plan, ChannelMessage.Want want) {
    /** The name by which wants call it. */
    public String participant() {
        return participant(number);
    }

    static String participant(int number) {
        return "p_" + number;
    }
}
