package dev.parley.sctp;

/** What an established association moves data with; replaced as a whole when the peer restarts. */
final class Transfer {
    private final Outbound outbound;
    private final Inbound inbound;
    private final StreamResets resets;
    private final int streams;
    private final boolean reconfig;

    Transfer(SctpConfig config, Handshake.Agreed agreed, int localFirstTsn, SendQueue queue) {
        outbound = new Outbound(config, localFirstTsn, agreed.peerWindowBytes(), agreed.forwardTsn(), queue);
        inbound = new Inbound(config, agreed.peerFirstTsn());
        resets = new StreamResets(queue, outbound, inbound, localFirstTsn, agreed.peerFirstTsn());
        streams = agreed.streams();
        reconfig = agreed.reconfig();
    }

    Outbound outbound() {
        return outbound;
    }

    Inbound inbound() {
        return inbound;
    }

    StreamResets resets() {
        return resets;
    }

    /** How many streams we may send on. */
    int streams() {
        return streams;
    }

    /** Whether the peer takes stream resets. */
    boolean reconfig() {
        return reconfig;
    }

    long timerNanos() {
        return Math.min(outbound.timerNanos(), Math.min(inbound.timerNanos(), resets.timerNanos()));
    }

    void onTimer(long nowNanos) {
        outbound.onTimer(nowNanos);
        inbound.onTimer(nowNanos);
        resets.onTimer(nowNanos);
    }
}
