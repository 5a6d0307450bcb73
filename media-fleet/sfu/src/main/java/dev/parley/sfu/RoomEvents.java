package dev.parley.sfu;

import java.util.List;

/**
 * What a room tells its node. Called on the agent thread: hand the work on, never block. Participants are named by number.
 */
public interface RoomEvents {
    /**
     * Some video slots of a receiver changed. The reports are valid during the call.
     *
     * @param revision the {@code want} in force, 0 when none was sent yet
     */
    void slotsChanged(long receiver, long revision, SlotReports slots);

    /** The complete list of voices in a receiver's audio slots, when it or who speaks changed, at most every 200 ms. Valid during the call. */
    void voicesChanged(long receiver, VoiceReports voices);

    /** Which layers of a publisher's track anyone watches: rids, or one empty string for a track without rids. Empty: nobody. */
    void layersWanted(long publisher, Source source, List<String> rids);

    /** Packets of a track began to flow, or stopped for longer than a second. */
    void trackFlowing(long publisher, Source source, boolean flowing);

    /** How a participant's connection does; every two seconds. */
    void quality(long participant, ConnectionQuality quality);
}
