package dev.parley.sctp;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/** Control chunks that wait to be sent, and the filling of packets: control first, then a SACK, then data. */
final class Outbox {
    private static final int MOST_WAITING = 64;

    private final AssociationListener listener;
    private final PacketWriter writer;
    private final int largestChunk;
    private final Queue<byte[]> control = new ArrayDeque<>();

    Outbox(SctpConfig config, AssociationListener listener) {
        this.listener = listener;
        this.writer = new PacketWriter(config.localPort(), config.remotePort(), config.maxPacketBytes());
        this.largestChunk = config.maxPacketBytes() - PacketWriter.COMMON_HEADER;
    }

    /** Keeps a chunk for the next packet. What fits no packet, or would let a peer make us hold much, is dropped. */
    void add(byte[] chunk) {
        if (chunk.length <= largestChunk && control.size() < MOST_WAITING) {
            control.add(chunk);
        }
    }

    void clear() {
        control.clear();
    }

    /** Sends a packet with this chunk alone. */
    void sendAlone(byte[] chunk, int verificationTag) {
        writer.add(chunk);
        writer.finish(verificationTag, listener);
    }

    /** Sends what is waiting, as far as it fits one packet. */
    void flush(int verificationTag) {
        fillControl();
        if (!writer.isEmpty()) {
            writer.finish(verificationTag, listener);
        }
    }

    /** Sends packets until there is nothing to send, nothing may be sent, or the listener has ended it all. */
    void send(Transfer transfer, boolean newData, int verificationTag, long nowNanos, BooleanSupplier ended) {
        while (!ended.getAsBoolean()) {
            fillControl();
            if (control.isEmpty()) {
                addSack(transfer.inbound());
                transfer.outbound().fill(writer, newData, nowNanos);
            }
            if (writer.isEmpty()) {
                return;
            }
            writer.finish(verificationTag, listener);
        }
    }

    private void fillControl() {
        while (!control.isEmpty() && writer.add(control.peek())) {
            control.remove();
        }
    }

    private void addSack(Inbound inbound) {
        boolean joins = !writer.isEmpty() && inbound.isSackWorthwhile();
        if (inbound.isSackDue() || joins) {
            byte[] sack = inbound.takeSack();
            if (!writer.add(sack)) {
                control.add(sack);
            }
        }
    }
}
