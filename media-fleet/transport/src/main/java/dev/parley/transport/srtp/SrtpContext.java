package dev.parley.transport.srtp;

import java.nio.ByteBuffer;

/** The one transformer: indices, replay and sources (RFC 3711 section 3.3), above whichever cipher. */
final class SrtpContext implements SrtpTransformer {
    /** A participant sends a few sources and receives a few dozen slots; more is a mistake or an attack. */
    private static final int MAX_SOURCES = 512;

    private static final long MAX_RTP_INDEX = (1L << 48) - 1;
    private static final int INDEX_WORD_BYTES = 4;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final int INDEX_MASK = 0x7FFF_FFFF;

    private final SrtpProfile profile;
    private final PacketCipher rtp;
    private final PacketCipher rtcp;
    private final SsrcTable sources = new SsrcTable(MAX_SOURCES);

    SrtpContext(SrtpProfile profile, PacketCipher rtp, PacketCipher rtcp) {
        this.profile = profile;
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    @Override
    public SrtpProfile profile() {
        return profile;
    }

    @Override
    public int protectRtp(ByteBuffer buffer, int offset, int length) {
        int header = Packets.rtpHeaderLength(buffer, offset, length);
        if (header < 0) {
            return MALFORMED;
        }
        if (offset + length + profile.rtpTagBytes() > buffer.capacity()) {
            return NO_ROOM;
        }
        SsrcState source = sourceToSend(Packets.rtpSsrc(buffer, offset));
        if (source == null) {
            return TOO_MANY_SOURCES;
        }
        long index = source.estimateIndex(Packets.rtpSequence(buffer, offset));
        if (index == SsrcState.NO_INDEX) {
            return TOO_OLD;
        }
        if (index > MAX_RTP_INDEX) {
            return EXHAUSTED;
        }
        int verdict = source.rtp.check(index);
        if (verdict != 0) {
            return verdict;
        }
        // Remembered before sealing: whatever happens then, this nonce is never used again.
        source.rtp.accept(index);
        return rtp.sealRtp(buffer, offset, header, length, source.ssrc, index)
                ? length + profile.rtpTagBytes()
                : REPEATED;
    }

    @Override
    public int unprotectRtp(ByteBuffer buffer, int offset, int protectedLength) {
        int length = protectedLength - profile.rtpTagBytes();
        int header = Packets.rtpHeaderLength(buffer, offset, length);
        if (header < 0) {
            return MALFORMED;
        }
        int ssrc = Packets.rtpSsrc(buffer, offset);
        SsrcState source = sources.find(ssrc);
        int sequence = Packets.rtpSequence(buffer, offset);
        long index = source == null ? sequence : source.estimateIndex(sequence);
        int verdict = verdict(source, source == null ? null : source.rtp, index);
        if (verdict != 0) {
            return verdict;
        }
        if (!rtp.openRtp(buffer, offset, header, length, ssrc, index)) {
            return AUTH_FAILED;
        }
        remembered(source, ssrc).rtp.accept(index);
        return length;
    }

    @Override
    public int protectRtcp(ByteBuffer buffer, int offset, int length) {
        if (!Packets.isRtcp(buffer, offset, length)) {
            return MALFORMED;
        }
        int added = profile.rtcpTagBytes() + INDEX_WORD_BYTES;
        if (offset + length + added > buffer.capacity()) {
            return NO_ROOM;
        }
        SsrcState source = sourceToSend(Packets.rtcpSsrc(buffer, offset));
        if (source == null) {
            return TOO_MANY_SOURCES;
        }
        int index = source.nextRtcpIndex;
        if (index < 0) {
            return EXHAUSTED;
        }
        source.nextRtcpIndex = index + 1;
        return rtcp.sealRtcp(buffer, offset, length, source.ssrc, index) ? length + added : REPEATED;
    }

    @Override
    public int unprotectRtcp(ByteBuffer buffer, int offset, int protectedLength) {
        int length = protectedLength - profile.rtcpTagBytes() - INDEX_WORD_BYTES;
        if (length < RTCP_HEADER_BYTES || !Packets.isRtcp(buffer, offset, length)) {
            return MALFORMED;
        }
        int ssrc = Packets.rtcpSsrc(buffer, offset);
        int word = rtcp.rtcpIndexWord(buffer, offset, protectedLength);
        int index = word & INDEX_MASK;
        SsrcState source = sources.find(ssrc);
        int verdict = verdict(source, source == null ? null : source.rtcp, index);
        if (verdict != 0) {
            return verdict;
        }
        if (!rtcp.openRtcp(buffer, offset, length, ssrc, word)) {
            return AUTH_FAILED;
        }
        remembered(source, ssrc).rtcp.accept(index);
        return length;
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }

    /** Before any cryptography: whether a packet of this source and index may be looked at. */
    private int verdict(SsrcState source, ReplayWindow window, long index) {
        if (source == null) {
            return sources.hasRoom() ? 0 : TOO_MANY_SOURCES;
        }
        return index == SsrcState.NO_INDEX ? TOO_OLD : window.check(index);
    }

    private SsrcState sourceToSend(int ssrc) {
        SsrcState source = sources.find(ssrc);
        if (source == null && sources.hasRoom()) {
            return remembered(null, ssrc);
        }
        return source;
    }

    /** The source's state, made now if this packet, which proved authentic, is its first. */
    private SsrcState remembered(SsrcState source, int ssrc) {
        if (source != null) {
            return source;
        }
        SsrcState made = new SsrcState(ssrc);
        sources.add(made);
        return made;
    }
}
