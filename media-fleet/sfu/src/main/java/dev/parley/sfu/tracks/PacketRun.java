package dev.parley.sfu.tracks;

/**
 * Packets of one layer that go to its subscribers together, in order of arrival. Each subscriber takes all of them before the next one
 * takes the first: what is known of a receiver is then in the cache, and its packets leave as one kernel message. Reused; valid during
 * a call.
 */
public final class PacketRun {
    /** Most packets of a run: a kernel message has as many segments at most. */
    public static final int MAX_PACKETS = 64;

    /** Packets that are shorter than the longest by no more than this are padded to its length. */
    static final int MAX_PADDING = 8;

    private final MediaPacket[] packets = new MediaPacket[MAX_PACKETS];
    private int count;
    private int longest;
    private int payloadBytes;

    PacketRun() {
        for (int i = 0; i < packets.length; i++) {
            packets[i] = new MediaPacket();
        }
    }

    void clear() {
        count = 0;
        longest = 0;
        payloadBytes = 0;
    }

    /** The packet behind the last one, to be filled and then {@linkplain #added() added}. */
    MediaPacket next() {
        return packets[count];
    }

    void added() {
        int length = packets[count++].payloadLength();
        longest = Math.max(longest, length);
        payloadBytes += length;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** One of them, 0 the first to arrive. */
    public MediaPacket packet(int index) {
        return packets[index];
    }

    /** Bytes of payload of all. */
    public int payloadBytes() {
        return payloadBytes;
    }

    /**
     * Bytes of RTP padding that make a packet as long as the run's longest, 0 when it needs none or too many. Encoders split a frame into
     * packets that differ by a byte or so; segmentation offload wants all but the last to be equal.
     */
    public int padding(int index) {
        int missing = longest - packets[index].payloadLength();
        return missing <= MAX_PADDING && index < count - 1 ? missing : 0;
    }
}
