package dev.parley.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The sending half of an association: which chunk goes next, what is in flight, what SACKs mean, when to send again and
 * when to give up (RFC 9260 sections 6.1 to 6.3 and 7.2, RFC 3758 section 3.5).
 */
final class Outbound {
    static final long NEVER = Long.MAX_VALUE;
    private static final int MISSING_REPORTS = 3;

    private final int maxPayloadBytes;
    private final boolean forwardTsn;
    private final SendQueue queue;
    private final CongestionWindow congestion;
    private final RetransmissionTimeout timeout;
    private final TreeMap<Long, OutgoingChunk> outstanding = new TreeMap<>();

    private long nextTsn;
    private long ackedTsn;
    private long advancedTsn;
    private long flightBytes;
    private long peerWindowBytes;
    private long timerNanos = NEVER;
    private int expirations;
    private int toResend;
    private boolean forwardDue;
    private boolean recovering;
    private long recoveryExitTsn;
    private boolean burst;
    private long probeTsn = -1;

    Outbound(SctpConfig config, int firstTsn, long peerWindowBytes, boolean forwardTsn, SendQueue queue) {
        int packetBytes = config.maxPacketBytes() - PacketWriter.COMMON_HEADER;
        this.maxPayloadBytes = packetBytes - DataChunk.HEADER;
        this.forwardTsn = forwardTsn;
        this.queue = queue;
        this.congestion = new CongestionWindow(packetBytes);
        this.timeout = new RetransmissionTimeout(config);
        this.nextTsn = Tsn.first(firstTsn);
        this.ackedTsn = nextTsn - 1;
        this.advancedTsn = ackedTsn;
        this.peerWindowBytes = peerWindowBytes;
    }

    long timerNanos() {
        return timerNanos;
    }

    int expirations() {
        return expirations;
    }

    long timeoutNanos() {
        return timeout.nanos();
    }

    long lastSentTsn() {
        return nextTsn - 1;
    }

    long ackedTsn() {
        return ackedTsn;
    }

    /** Whether everything accepted for sending has been acknowledged or given up. */
    boolean isIdle() {
        return outstanding.isEmpty() && queue.isEmpty();
    }

    /** Takes a SACK; false when it acknowledges what was never sent. */
    boolean onSack(SelectiveAck sack, long nowNanos) {
        if (sack.highest() >= nextTsn) {
            return false;
        }
        if (sack.cumulativeTsn() < ackedTsn) {
            return true;
        }
        long flightBefore = flightBytes;
        boolean advanced = sack.cumulativeTsn() > ackedTsn;
        long acked = takeCumulative(sack.cumulativeTsn(), nowNanos);
        long highestNew = advanced ? sack.cumulativeTsn() : -1;
        highestNew = Math.max(highestNew, takeBlocks(sack, nowNanos));
        if (recovering && ackedTsn >= recoveryExitTsn) {
            recovering = false;
        }
        if (advanced) {
            congestion.onAcked(acked, flightBefore, recovering);
        }
        if (advanced || sack.windowBytes() == 0) {
            expirations = 0;
        }
        countMissing(recovering && advanced ? sack.highest() : highestNew, nowNanos);
        peerWindowBytes = Math.max(0, sack.windowBytes() - flightBytes);
        advancePoint();
        if (outstanding.isEmpty()) {
            timerNanos = NEVER;
        } else if (advanced) {
            timerNanos = nowNanos + timeout.nanos();
        }
        return true;
    }

    /** Takes the cumulative TSN of a SHUTDOWN chunk, which says nothing of gaps or the window. */
    void onCumulative(int wireTsn, long nowNanos) {
        long tsn = Tsn.unwrap(ackedTsn, wireTsn);
        if (tsn > ackedTsn) {
            onSack(new SelectiveAck(tsn, peerWindowBytes + flightBytes, new long[0]), nowNanos);
        }
    }

    private long takeCumulative(long cumulativeTsn, long nowNanos) {
        long acked = 0;
        while (!outstanding.isEmpty() && outstanding.firstKey() <= cumulativeTsn) {
            OutgoingChunk chunk = outstanding.pollFirstEntry().getValue();
            acked += markAcked(chunk, nowNanos);
        }
        ackedTsn = cumulativeTsn;
        return acked;
    }

    /** Marks what the gap blocks cover; a chunk acknowledged before and now left out counts as lost again. */
    private long takeBlocks(SelectiveAck sack, long nowNanos) {
        long highestNew = -1;
        int block = 0;
        long[] blocks = sack.blocks();
        for (OutgoingChunk chunk : outstanding.values()) {
            while (block < blocks.length && blocks[block + 1] < chunk.tsn()) {
                block += 2;
            }
            boolean covered = block < blocks.length && blocks[block] <= chunk.tsn();
            if (covered && chunk.state != OutgoingChunk.State.ACKED && chunk.state != OutgoingChunk.State.ABANDONED) {
                markAcked(chunk, nowNanos);
                highestNew = chunk.tsn();
            } else if (!covered && chunk.state == OutgoingChunk.State.ACKED) {
                chunk.state = OutgoingChunk.State.TO_RESEND;
                toResend++;
            }
        }
        return highestNew;
    }

    private long markAcked(OutgoingChunk chunk, long nowNanos) {
        OutgoingChunk.State before = chunk.state;
        if (chunk.tsn() == probeTsn) {
            if (chunk.sends == 1) {
                timeout.onRoundTrip(nowNanos - chunk.sentNanos);
            }
            probeTsn = -1;
        }
        leave(chunk, OutgoingChunk.State.ACKED);
        return before == OutgoingChunk.State.IN_FLIGHT || before == OutgoingChunk.State.TO_RESEND
                ? chunk.wireLength()
                : 0;
    }

    private void leave(OutgoingChunk chunk, OutgoingChunk.State to) {
        if (chunk.state == OutgoingChunk.State.IN_FLIGHT) {
            flightBytes -= chunk.wireLength();
        } else if (chunk.state == OutgoingChunk.State.TO_RESEND) {
            toResend--;
        }
        chunk.state = to;
        if (to == OutgoingChunk.State.TO_RESEND) {
            toResend++;
        }
    }

    private void countMissing(long belowTsn, long nowNanos) {
        if (belowTsn < 0) {
            return;
        }
        boolean lost = false;
        for (OutgoingChunk chunk : List.copyOf(outstanding.headMap(belowTsn).values())) {
            if (chunk.state == OutgoingChunk.State.IN_FLIGHT
                    && !chunk.fastRetransmitted
                    && ++chunk.missing == MISSING_REPORTS) {
                chunk.fastRetransmitted = true;
                lost = true;
                giveUpOrResend(chunk, nowNanos);
            }
        }
        if (lost) {
            burst = true;
            if (!recovering) {
                recovering = true;
                recoveryExitTsn = nextTsn - 1;
                congestion.onFastRetransmit();
            }
        }
    }

    private void giveUpOrResend(OutgoingChunk chunk, long nowNanos) {
        if (forwardTsn && chunk.message().isExhausted(chunk.sends, nowNanos)) {
            abandon(chunk.message());
        } else {
            leave(chunk, OutgoingChunk.State.TO_RESEND);
        }
    }

    /** Gives a message up: its chunks need no acknowledgement, and one more TSN stands for what was never sent of it. */
    private void abandon(OutgoingMessage message) {
        if (message.remaining() > 0) {
            OutgoingChunk rest = new OutgoingChunk(nextTsn++, message, 0, 0);
            rest.state = OutgoingChunk.State.ABANDONED;
            outstanding.put(rest.tsn(), rest);
        }
        message.abandon();
        for (OutgoingChunk chunk : outstanding.values()) {
            if (chunk.message() == message) {
                leave(chunk, OutgoingChunk.State.ABANDONED);
            }
        }
    }

    private void advancePoint() {
        long before = advancedTsn;
        advancedTsn = Math.max(advancedTsn, ackedTsn);
        OutgoingChunk next = outstanding.get(advancedTsn + 1);
        while (next != null && next.state == OutgoingChunk.State.ABANDONED) {
            advancedTsn++;
            next = outstanding.get(advancedTsn + 1);
        }
        forwardDue |= advancedTsn > before && advancedTsn > ackedTsn;
    }

    /** The retransmission timer, if it is due: everything in flight is lost. */
    void onTimer(long nowNanos) {
        if (nowNanos < timerNanos) {
            return;
        }
        expirations++;
        timeout.onExpired();
        congestion.onTimeout();
        recovering = false;
        probeTsn = -1;
        for (OutgoingChunk chunk : List.copyOf(outstanding.values())) {
            chunk.missing = 0;
            chunk.fastRetransmitted = false;
            if (chunk.state == OutgoingChunk.State.IN_FLIGHT) {
                giveUpOrResend(chunk, nowNanos);
            }
        }
        advancePoint();
        forwardDue |= advancedTsn > ackedTsn;
        timerNanos = outstanding.isEmpty() ? NEVER : nowNanos + timeout.nanos();
    }

    /** The FORWARD TSN chunk that is due, if any (RFC 3758 section 3.2). */
    Optional<byte[]> takeForwardTsn(long nowNanos) {
        if (!forwardDue || advancedTsn <= ackedTsn) {
            return Optional.empty();
        }
        forwardDue = false;
        Map<Integer, Integer> skipped = new LinkedHashMap<>();
        for (OutgoingChunk chunk :
                outstanding.subMap(ackedTsn + 1, true, advancedTsn, true).values()) {
            if (chunk.message().reliability().ordered()) {
                skipped.put(chunk.message().streamId(), chunk.message().ssn());
            }
        }
        int most = (maxPayloadBytes - 8) / 4;
        ByteBuffer body = ByteBuffer.allocate(4 + 4 * Math.min(most, skipped.size()));
        body.putInt((int) advancedTsn);
        skipped.entrySet().stream()
                .limit(most)
                .forEach(entry -> body.putShort(entry.getKey().shortValue())
                        .putShort(entry.getValue().shortValue()));
        startTimer(nowNanos);
        return Optional.of(ChunkBytes.chunk(ChunkType.FORWARD_TSN, 0, body.array()));
    }

    /** Adds to the packet what may be sent now: what was lost first, then what is new. */
    void fill(PacketWriter packet, boolean newDataAllowed, long nowNanos) {
        resend(packet, nowNanos);
        if (newDataAllowed && toResend == 0) {
            sendNew(packet, nowNanos);
        }
    }

    private void resend(PacketWriter packet, long nowNanos) {
        if (toResend == 0) {
            burst = false;
            return;
        }
        List<OutgoingChunk> sent = new ArrayList<>();
        for (OutgoingChunk chunk : outstanding.values()) {
            if (chunk.state != OutgoingChunk.State.TO_RESEND) {
                continue;
            }
            if (chunk.wireLength() > packet.room() || !burst && flightBytes >= congestion.bytes()) {
                break;
            }
            send(chunk, packet, nowNanos);
            leave(chunk, OutgoingChunk.State.IN_FLIGHT);
            flightBytes += chunk.wireLength();
            sent.add(chunk);
            if (toResend == 0) {
                break;
            }
        }
        burst = false;
        if (!sent.isEmpty() && sent.getFirst().tsn() == outstanding.firstKey()) {
            timerNanos = nowNanos + timeout.nanos();
        }
    }

    private void sendNew(PacketWriter packet, long nowNanos) {
        while (true) {
            Optional<OutgoingMessage> head = queue.head(nowNanos);
            if (head.isEmpty() || flightBytes >= congestion.bytes()) {
                return;
            }
            OutgoingMessage message = head.get();
            int length = Math.min(message.remaining(), maxPayloadBytes);
            boolean probing = flightBytes == 0;
            if (ChunkBytes.padded(DataChunk.HEADER + length) > packet.room() || length > peerWindowBytes && !probing) {
                return;
            }
            OutgoingChunk chunk = queue.take(message, nextTsn++, length);
            outstanding.put(chunk.tsn(), chunk);
            send(chunk, packet, nowNanos);
            flightBytes += chunk.wireLength();
            peerWindowBytes = Math.max(0, peerWindowBytes - chunk.wireLength());
            if (probeTsn < 0) {
                probeTsn = chunk.tsn();
            }
        }
    }

    private void send(OutgoingChunk chunk, PacketWriter packet, long nowNanos) {
        chunk.sends++;
        chunk.sentNanos = nowNanos;
        if (chunk.sends > 1 && chunk.tsn() == probeTsn) {
            probeTsn = -1;
        }
        packet.addData(chunk);
        startTimer(nowNanos);
    }

    private void startTimer(long nowNanos) {
        if (timerNanos == NEVER) {
            timerNanos = nowNanos + timeout.nanos();
        }
    }
}
