package dev.parley.sctp;

/** A message on its way out: cut into chunks as they are sent, given up as a whole. */
final class OutgoingMessage {
    static final long NEVER = Long.MAX_VALUE;

    private final int streamId;
    private final int payloadProtocol;
    private final byte[] payload;
    private final Reliability reliability;
    private final long expiresNanos;
    private int ssn;
    private int taken;
    private boolean abandoned;

    OutgoingMessage(int streamId, int payloadProtocol, byte[] payload, Reliability reliability, long nowNanos) {
        this.streamId = streamId;
        this.payloadProtocol = payloadProtocol;
        this.payload = payload;
        this.reliability = reliability;
        this.expiresNanos =
                reliability.maxLifetimeMillis() < 0 ? NEVER : nowNanos + reliability.maxLifetimeMillis() * 1_000_000L;
    }

    int streamId() {
        return streamId;
    }

    int payloadProtocol() {
        return payloadProtocol;
    }

    byte[] payload() {
        return payload;
    }

    Reliability reliability() {
        return reliability;
    }

    int ssn() {
        return ssn;
    }

    void ssn(int number) {
        ssn = number;
    }

    boolean isStarted() {
        return taken > 0;
    }

    int remaining() {
        return payload.length - taken;
    }

    /** Cuts the next chunk of at most {@code most} bytes off. */
    OutgoingChunk take(long tsn, int most) {
        int length = Math.min(most, remaining());
        OutgoingChunk chunk = new OutgoingChunk(tsn, this, taken, length);
        taken += length;
        return chunk;
    }

    boolean isExpired(long nowNanos) {
        return nowNanos >= expiresNanos;
    }

    /** Whether a chunk sent {@code sends} times may not be sent again. */
    boolean isExhausted(int sends, long nowNanos) {
        return isExpired(nowNanos) || reliability.maxRetransmits() >= 0 && sends > reliability.maxRetransmits();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
    }
}
