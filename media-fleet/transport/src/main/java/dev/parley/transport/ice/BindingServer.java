package dev.parley.transport.ice;

import dev.parley.rtp.stun.StunIntegrity;
import dev.parley.rtp.stun.StunKey;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.stun.StunWriter;
import dev.parley.transport.udp.RemoteAddress;
import dev.parley.transport.udp.UdpEngine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Answers the connectivity checks that reach one port (RFC 8445 section 7.3, RFC 8489).
 *
 * <p>The session is found by our fragment in USERNAME, and nothing is remembered, nor answered, before MESSAGE-INTEGRITY
 * was verified: a stranger learns nothing and costs nothing. A lite agent is always the controlled one, so a peer that
 * claims to be controlled too is told to switch (487).
 */
public final class BindingServer {
    private static final int RESPONSE_BYTES = 256;
    private static final int ROLE_CONFLICT = 487;
    private static final int UNKNOWN_ATTRIBUTE = 420;
    private static final byte[] ROLE_CONFLICT_REASON = "Role Conflict".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNKNOWN_ATTRIBUTE_REASON = "Unknown Attribute".getBytes(StandardCharsets.US_ASCII);

    /** What came of one datagram. */
    public enum Outcome {
        /** A valid check: its session is {@link #session()}, its fragment {@link #localUfrag()}. */
        VALID,
        /** Answered with an error, though the integrity was right. */
        REFUSED,
        /** No well-formed STUN, or a wrong fingerprint. */
        MALFORMED,
        /** Well-formed, but no request: a lite agent asks nothing, so nothing can be an answer. */
        IGNORED,
        /** For a fragment that is not, or no longer, ours. */
        UNKNOWN_UFRAG,
        /** Without MESSAGE-INTEGRITY, or with a wrong one. */
        BAD_INTEGRITY
    }

    /** A session as this server needs it. */
    public interface Session {
        /** This session's ICE state. */
        LiteAgent ice();
    }

    private final LongMap<? extends Session> sessions;
    private final StunMessage request = new StunMessage();
    private final StunWriter writer = new StunWriter();
    private final StunIntegrity integrity = new StunIntegrity();
    private final ByteBuffer response = ByteBuffer.allocateDirect(RESPONSE_BYTES);
    private Session session;
    private long localUfrag;
    private int responseLength;

    /** A server for these sessions, which its owner goes on changing. */
    public BindingServer(LongMap<? extends Session> sessions) {
        this.sessions = sessions;
    }

    /** Judges a datagram and prepares the response, if it deserves one. */
    public Outcome handle(ByteBuffer buffer, int offset, int length, RemoteAddress from) {
        responseLength = 0;
        if (!request.tryWrap(buffer, offset, length)) {
            return Outcome.MALFORMED;
        }
        if (request.type() != StunMessage.BINDING_REQUEST) {
            return Outcome.IGNORED;
        }
        localUfrag = LocalUfrag.of(request);
        session = localUfrag == LocalUfrag.NONE ? null : sessions.get(localUfrag);
        StunKey key = session == null ? null : session.ice().keyOf(localUfrag);
        if (key == null) {
            return Outcome.UNKNOWN_UFRAG;
        }
        if (request.hasFingerprint() && !integrity.verifyFingerprint(request)) {
            return Outcome.MALFORMED;
        }
        if (!integrity.verify(request, key)) {
            return Outcome.BAD_INTEGRITY;
        }
        if (request.unknownRequiredAttribute() != 0) {
            begin(StunMessage.BINDING_ERROR)
                    .errorCode(UNKNOWN_ATTRIBUTE, UNKNOWN_ATTRIBUTE_REASON)
                    .unknownAttribute(request.unknownRequiredAttribute());
            finish(key);
            return Outcome.REFUSED;
        }
        if (request.isControlled()) {
            begin(StunMessage.BINDING_ERROR).errorCode(ROLE_CONFLICT, ROLE_CONFLICT_REASON);
            finish(key);
            return Outcome.REFUSED;
        }
        begin(StunMessage.BINDING_SUCCESS).xorMappedAddress(from.address(), from.port());
        finish(key);
        return Outcome.VALID;
    }

    private StunWriter begin(int type) {
        return writer.respond(response, 0, type, request);
    }

    private void finish(StunKey key) {
        writer.integrity(integrity, key).fingerprint(integrity);
        responseLength = writer.length();
    }

    /** Sends the response that the last {@link #handle} prepared, if any. */
    public void respond(UdpEngine engine, RemoteAddress to) {
        if (responseLength > 0) {
            engine.send(to, response, 0, responseLength);
        }
    }

    /** The session of the last valid check. */
    public Session session() {
        return session;
    }

    /** Our fragment in the last valid check. */
    public long localUfrag() {
        return localUfrag;
    }

    /** Whether the last valid check nominates its pair. */
    public boolean nominates() {
        return request.useCandidate();
    }
}
