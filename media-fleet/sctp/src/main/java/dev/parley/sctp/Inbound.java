package dev.parley.sctp;

import java.util.Queue;

/** The receiving half of an association: which TSNs have arrived, what they make, and when to acknowledge. */
final class Inbound {
    /** What became of a chunk. */
    enum Verdict {
        TAKEN,
        /** Its stream does not exist; it is acknowledged all the same. */
        NO_SUCH_STREAM,
        /** It carries nothing (RFC 9260 section 6.2). */
        NO_USER_DATA,
        /** It contradicts its neighbours, or its message is longer than allowed. */
        VIOLATION
    }

    private final SctpConfig config;
    private final ReceivedTsns tsns;
    private final Reassembly reassembly;
    private long sackNanos = Outbound.NEVER;
    private boolean sackDue;
    private int packetsWithData;

    Inbound(SctpConfig config, int peerFirstTsn) {
        this.config = config;
        this.tsns = new ReceivedTsns(peerFirstTsn);
        this.reassembly = new Reassembly(config.maxMessageBytes());
    }

    long cumulativeTsn() {
        return tsns.cumulative();
    }

    Queue<Reassembly.Message> ready() {
        return reassembly.ready();
    }

    Verdict onData(DataChunk chunk, boolean immediate) {
        sackDue |= immediate;
        if (chunk.payload().length == 0) {
            return Verdict.NO_USER_DATA;
        }
        if (tsns.isKnown(chunk.tsn())) {
            tsns.duplicate(chunk.tsn());
            sackDue = true;
            return Verdict.TAKEN;
        }
        if (!hasRoomFor(chunk)) {
            sackDue = true;
            return Verdict.TAKEN;
        }
        tsns.add(chunk.tsn());
        if (chunk.streamId() >= config.streams()) {
            return Verdict.NO_SUCH_STREAM;
        }
        return reassembly.add(chunk) && !isHoarding() ? Verdict.TAKEN : Verdict.VIOLATION;
    }

    /**
     * Whether the peer goes on and on without anything becoming whole or having its turn: what arrives in the order of its TSNs leaves at
     * most one message unfinished beyond the window, unless the stream's numbers leave a gap that no TSN does.
     */
    private boolean isHoarding() {
        return reassembly.heldBytes() > 2 * config.receiveWindowBytes() + config.maxMessageBytes();
    }

    /** The very next chunk is always taken, so that a full window cannot stand still. */
    private boolean hasRoomFor(DataChunk chunk) {
        long ahead = chunk.tsn() - tsns.cumulative();
        return ahead == 1
                || ahead <= ReceivedTsns.FURTHEST_AHEAD && reassembly.heldBytes() < config.receiveWindowBytes();
    }

    /** A packet with DATA is done with: every second one is acknowledged at once, others soon. */
    void onDataPacket(long nowNanos) {
        packetsWithData++;
        if (packetsWithData >= 2 || tsns.hasGaps()) {
            sackDue = true;
        } else if (sackNanos == Outbound.NEVER) {
            sackNanos = nowNanos + config.sackDelayNanos();
        }
    }

    void onForwardTsn(PacketReader in) {
        if (in.bodyLength() < 4) {
            return;
        }
        sackDue = true;
        long tsn = Tsn.unwrap(tsns.cumulative(), in.i32(0));
        if (tsn <= tsns.cumulative()) {
            return;
        }
        reassembly.skipTo(tsn);
        tsns.skipTo(tsn);
        for (int at = 4; at + 4 <= in.bodyLength(); at += 4) {
            if (in.u16(at) < config.streams()) {
                reassembly.skipMessage(in.u16(at), in.u16(at + 2));
            }
        }
    }

    void resetStream(int streamId) {
        reassembly.resetStream(streamId);
    }

    void acknowledgeAtOnce() {
        sackDue = true;
    }

    long timerNanos() {
        return sackNanos;
    }

    void onTimer(long nowNanos) {
        sackDue |= nowNanos >= sackNanos;
    }

    boolean isSackDue() {
        return sackDue;
    }

    /** Whether a SACK would say something new, so that a packet with room takes it along. */
    boolean isSackWorthwhile() {
        return sackDue || packetsWithData > 0;
    }

    byte[] takeSack() {
        sackDue = false;
        sackNanos = Outbound.NEVER;
        packetsWithData = 0;
        return tsns.takeSack(Math.max(0, config.receiveWindowBytes() - reassembly.heldBytes()));
    }
}
