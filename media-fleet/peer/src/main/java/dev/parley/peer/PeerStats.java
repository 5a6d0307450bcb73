package dev.parley.peer;

import java.util.List;

/**
 * What a peer has sent and received.
 *
 * @param packetsSent RTP packets, without retransmissions
 * @param framesSent video frames of all layers
 * @param retransmitted packets sent again on request
 * @param keyFramesAsked PLI and FIR received
 * @param rejected packets that were not authentic or malformed, and failed sends
 * @param activeLayers rids that are being sent
 * @param slots what each receive slot has received
 */
public record PeerStats(
        long packetsSent,
        long framesSent,
        long retransmitted,
        long keyFramesAsked,
        long rejected,
        List<String> activeLayers,
        List<SlotStats> slots) {
    /** Nothing sent, nothing received. */
    public static final PeerStats NONE = new PeerStats(0, 0, 0, 0, 0, List.of(), List.of());

    /** Keeps copies of the lists. */
    public PeerStats {
        activeLayers = List.copyOf(activeLayers);
        slots = List.copyOf(slots);
    }

    /** Video frames received on all slots. */
    public long videoFrames() {
        return slots.stream()
                .filter(SlotStats::video)
                .mapToLong(SlotStats::frames)
                .sum();
    }

    /** Audio packets received on all slots. */
    public long audioPackets() {
        return slots.stream()
                .filter(slot -> !slot.video())
                .mapToLong(SlotStats::packets)
                .sum();
    }
}
