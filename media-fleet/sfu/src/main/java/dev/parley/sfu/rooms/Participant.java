package dev.parley.sfu.rooms;

import dev.parley.sfu.PacketSink;
import dev.parley.sfu.ParticipantSpec;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One session of one participant, as its transport knows it: made by any thread, brought into a room by {@link SfuAgent#join}. Packets are handed in on
 * the agent's thread; those that come before it joined or after it left are ignored.
 */
public final class Participant {
    private final ParticipantSpec spec;
    private final PacketSink sink;
    private Member member;
    private Room room;

    /** A participant outside of any room; what is sent to it goes into {@code sink}. */
    public Participant(ParticipantSpec spec, PacketSink sink) {
        this.spec = Objects.requireNonNull(spec, "spec");
        this.sink = Objects.requireNonNull(sink, "sink");
    }

    /** Its number in the meeting. */
    public long number() {
        return spec.number();
    }

    /** What was negotiated with it. */
    public ParticipantSpec spec() {
        return spec;
    }

    PacketSink sink() {
        return sink;
    }

    void enter(Room into, Member asMember) {
        room = into;
        member = asMember;
    }

    void exit() {
        room = null;
        member = null;
    }

    /** The room it is in; null for none. */
    Room room() {
        return room;
    }

    /** Takes in one decrypted RTP packet. Malformed ones are counted and dropped. */
    public void onRtp(ByteBuffer buffer, int offset, int length, long nowNanos) {
        if (member != null) {
            member.uplink().onRtp(buffer, offset, length, nowNanos);
        }
    }

    /** Takes in one decrypted RTCP compound packet. Malformed ones are counted and dropped. */
    public void onRtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {
        if (member != null) {
            member.feedback().onRtcp(buffer, offset, length, nowNanos);
        }
    }
}
