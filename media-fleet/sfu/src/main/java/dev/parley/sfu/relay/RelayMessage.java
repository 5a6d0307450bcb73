package dev.parley.sfu.relay;

import dev.parley.sfu.PayloadFormat;
import dev.parley.sfu.PublishedSource;
import java.util.List;

/** What parts of a room say about themselves and their people. */
public sealed interface RelayMessage {
    /** The room, by the key it was opened with. */
    String room();

    /**
     * A part of the room is here, and wants to know who is there; repeated until the other part says the same.
     *
     * @param part number of the part; another one than before means that it started anew
     * @param answer whether this answers a hello
     */
    record Hello(String room, long part, boolean answer) implements RelayMessage {}

    /** The part ends. */
    record Bye(String room, long part) implements RelayMessage {}

    /**
     * Somebody came in.
     *
     * @param number the participant's number
     * @param joinedNanos when, on the clock of the agents: of two with the same number the later one stays
     * @param tracks what it publishes; empty for somebody who only watches
     * @param formats its payload types
     */
    record Came(String room, long number, long joinedNanos, List<RelayedSource> tracks, List<PayloadFormat> formats)
            implements RelayMessage {
        public Came {
            tracks = List.copyOf(tracks);
            formats = List.copyOf(formats);
        }
    }

    /** Somebody left. */
    record Went(String room, long number, long joinedNanos) implements RelayMessage {}

    /**
     * A published track.
     *
     * @param track its number on this link
     */
    record RelayedSource(int track, PublishedSource published) {}
}
