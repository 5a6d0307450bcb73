package dev.parley.sctp;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The four-way handshake, from either side or from both at once (RFC 9260 sections 5.1 and 5.2), and the recognition of
 * a peer that has restarted.
 */
final class Handshake {
    /** An answer to INIT, sent alone under the tag the INIT named. */
    record Answer(byte[] chunk, int verificationTag) {}

    /** What both sides agreed on. */
    record Agreed(long peerWindowBytes, int peerFirstTsn, int streams, boolean forwardTsn, boolean reconfig) {}

    /** What a COOKIE ECHO leads to: it is accepted, perhaps as a new association, or refused, or ignored. */
    record Echo(boolean accepted, Optional<Agreed> agreed, Optional<Answer> refusal) {
        static final Echo IGNORED = new Echo(false, Optional.empty(), Optional.empty());
    }

    private enum State {
        CLOSED,
        COOKIE_WAIT,
        COOKIE_ECHOED,
        DONE
    }

    private final SctpConfig config;
    private final RandomGenerator random;
    private final byte[] cookieKey = new byte[32];
    private State state = State.CLOSED;
    private int localTag;
    private int localFirstTsn;
    private int peerTag;
    private Optional<Agreed> offered = Optional.empty();
    private byte[] echoChunk = new byte[0];
    private boolean initDue;
    private boolean echoDue;
    private long timerNanos = Outbound.NEVER;
    private long timeoutNanos;
    private int tries;

    Handshake(SctpConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
        random.nextBytes(cookieKey);
        this.timeoutNanos = config.rtoInitialNanos();
    }

    int localTag() {
        return localTag;
    }

    int peerTag() {
        return peerTag;
    }

    int localFirstTsn() {
        return localFirstTsn;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    long timerNanos() {
        return timerNanos;
    }

    void connect(long nowNanos) {
        if (state == State.CLOSED) {
            localTag = newTag();
            localFirstTsn = random.nextInt();
            state = State.COOKIE_WAIT;
            initDue = true;
            startTimer(nowNanos);
        }
    }

    /** Repeats INIT or COOKIE ECHO when it is due; false when the peer has been asked often enough. */
    boolean onTimer(long nowNanos) {
        if (nowNanos < timerNanos) {
            return true;
        }
        tries++;
        timeoutNanos = Math.min(config.rtoMaxNanos(), timeoutNanos * 2);
        initDue = state == State.COOKIE_WAIT;
        echoDue = state == State.COOKIE_ECHOED;
        startTimer(nowNanos);
        return tries <= config.maxHandshakeRetransmits();
    }

    private void startTimer(long nowNanos) {
        timerNanos = nowNanos + timeoutNanos;
    }

    Optional<byte[]> takeInit() {
        if (!initDue) {
            return Optional.empty();
        }
        initDue = false;
        return Optional.of(
                ours(localTag, localFirstTsn, new byte[0], new byte[0]).encode(ChunkType.INIT));
    }

    Optional<byte[]> takeCookieEcho() {
        if (!echoDue) {
            return Optional.empty();
        }
        echoDue = false;
        return Optional.of(echoChunk);
    }

    private Init ours(int tag, int firstTsn, byte[] cookie, byte[] unrecognized) {
        int streams = config.streams();
        return new Init(tag, config.receiveWindowBytes(), streams, streams, firstTsn, true, true, cookie, unrecognized);
    }

    private int newTag() {
        int tag = random.nextInt();
        while (tag == 0) {
            tag = random.nextInt();
        }
        return tag;
    }

    /** Answers INIT with a cookie and keeps nothing. While our own INIT is out, the answer has its tag and TSN. */
    Optional<Answer> answerInit(Init init, long nowNanos) {
        if (init.outboundStreams() == 0 || init.maxInboundStreams() == 0) {
            return Optional.empty();
        }
        boolean collision = state == State.COOKIE_WAIT || state == State.COOKIE_ECHOED;
        int tag = collision ? localTag : newTag();
        int firstTsn = collision ? localFirstTsn : random.nextInt();
        boolean tied = state == State.COOKIE_ECHOED || state == State.DONE;
        byte[] cookie = new StateCookie(
                        tag,
                        firstTsn,
                        init.tag(),
                        init.firstTsn(),
                        (int) init.windowBytes(),
                        init.outboundStreams(),
                        init.maxInboundStreams(),
                        init.forwardTsn(),
                        init.reconfig(),
                        tied ? localTag : 0,
                        tied ? peerTag : 0,
                        nowNanos)
                .seal(cookieKey);
        return Optional.of(
                new Answer(ours(tag, firstTsn, cookie, init.unrecognized()).encode(ChunkType.INIT_ACK), init.tag()));
    }

    void onInitAck(PacketReader in, long nowNanos) {
        if (state != State.COOKIE_WAIT) {
            return;
        }
        Optional<Init> ack = Init.read(in);
        if (ack.isEmpty()
                || ack.get().cookie().length == 0
                || ack.get().cookie().length > config.maxPacketBytes() - PacketWriter.COMMON_HEADER - ChunkBytes.HEADER
                || ack.get().maxInboundStreams() == 0) {
            return;
        }
        peerTag = ack.get().tag();
        offered = Optional.of(new Agreed(
                ack.get().windowBytes(),
                ack.get().firstTsn(),
                Math.min(config.streams(), ack.get().maxInboundStreams()),
                ack.get().forwardTsn(),
                ack.get().reconfig()));
        echoChunk = ChunkBytes.chunk(ChunkType.COOKIE_ECHO, 0, ack.get().cookie());
        state = State.COOKIE_ECHOED;
        echoDue = true;
        tries = 0;
        timeoutNanos = config.rtoInitialNanos();
        startTimer(nowNanos);
    }

    Optional<Agreed> onCookieAck() {
        if (state != State.COOKIE_ECHOED) {
            return Optional.empty();
        }
        done();
        return offered;
    }

    /** Our cookie lived too long on its way: start over. */
    void onStaleCookie(long nowNanos) {
        if (state == State.COOKIE_ECHOED) {
            state = State.COOKIE_WAIT;
            peerTag = 0;
            initDue = true;
            startTimer(nowNanos);
        }
    }

    /** The table of RFC 9260 section 5.2.4. */
    Echo onCookieEcho(PacketReader in, long nowNanos) {
        Optional<StateCookie> opened = StateCookie.open(cookieKey, in.body());
        if (opened.isEmpty() || opened.get().localTag() != in.verificationTag()) {
            return Echo.IGNORED;
        }
        StateCookie cookie = opened.get();
        boolean localMatches = cookie.localTag() == localTag;
        boolean peerMatches = cookie.peerTag() == peerTag;
        boolean expired = nowNanos - cookie.madeAtNanos() > config.cookieLifeNanos();
        if (expired && !(localMatches && peerMatches)) {
            byte[] stale = ChunkBytes.error(ChunkType.CAUSE_STALE_COOKIE, new byte[4]);
            return new Echo(false, Optional.empty(), Optional.of(new Answer(stale, cookie.peerTag())));
        }
        boolean restarted = state == State.DONE
                && !localMatches
                && !peerMatches
                && cookie.localTieTag() == localTag
                && cookie.peerTieTag() == peerTag
                && localTag != 0;
        boolean collided = localMatches && state != State.DONE;
        if (state == State.CLOSED || restarted || collided) {
            localTag = cookie.localTag();
            localFirstTsn = cookie.localFirstTsn();
            peerTag = cookie.peerTag();
            done();
            return new Echo(true, Optional.of(agreed(cookie)), Optional.empty());
        }
        return localMatches && peerMatches ? new Echo(true, Optional.empty(), Optional.empty()) : Echo.IGNORED;
    }

    private Agreed agreed(StateCookie cookie) {
        return new Agreed(
                Integer.toUnsignedLong(cookie.peerWindowBytes()),
                cookie.peerFirstTsn(),
                Math.min(config.streams(), cookie.peerMaxInboundStreams()),
                cookie.forwardTsn(),
                cookie.reconfig());
    }

    private void done() {
        state = State.DONE;
        initDue = false;
        echoDue = false;
        timerNanos = Outbound.NEVER;
    }
}
