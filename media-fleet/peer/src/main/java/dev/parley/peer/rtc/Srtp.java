package dev.parley.peer.rtc;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/** SRTP and SRTCP in place on byte arrays, by jitsi-srtp. Owned by one thread. */
final class Srtp implements AutoCloseable {
    /** Room a packet must have behind it for what protection adds. */
    static final int ROOM = 64;

    private static final Logger LOG = new LoggerImpl("dev.parley.peer.srtp", java.util.logging.Level.SEVERE);

    private final SrtpContextFactory sending;
    private final SrtpContextFactory receiving;
    private final Map<Integer, SrtpCryptoContext> outgoing = new HashMap<>();
    private final Map<Integer, SrtcpCryptoContext> outgoingControl = new HashMap<>();
    private final Map<Integer, SrtpCryptoContext> incoming = new HashMap<>();
    private final Map<Integer, SrtcpCryptoContext> incomingControl = new HashMap<>();

    Srtp(SrtpKeys keys) {
        SrtpPolicy policy = policy(keys.profile());
        sending = new SrtpContextFactory(true, keys.sendKey(), keys.sendSalt(), policy, policy, LOG);
        receiving = new SrtpContextFactory(false, keys.receiveKey(), keys.receiveSalt(), policy, policy, LOG);
    }

    private static SrtpPolicy policy(int profile) {
        if (profile == SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM) {
            return new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12);
        }
        return new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
    }

    /** Protects a packet that starts at 0; its new length, or -1. */
    int protect(byte[] packet, int length, boolean control) {
        Region region = new Region(packet, length);
        try {
            SrtpErrorStatus status;
            if (control) {
                int ssrc = ssrc(packet, 4);
                SrtcpCryptoContext context = outgoingControl.get(ssrc);
                if (context == null) {
                    context = sending.deriveControlContext(ssrc);
                    outgoingControl.put(ssrc, context);
                }
                status = context.transformPacket(region);
            } else {
                int ssrc = ssrc(packet, 8);
                SrtpCryptoContext context = outgoing.get(ssrc);
                if (context == null) {
                    context = sending.deriveContext(ssrc, 0);
                    outgoing.put(ssrc, context);
                }
                status = context.transformPacket(region);
            }
            return status == SrtpErrorStatus.OK ? region.length : -1;
        } catch (GeneralSecurityException e) {
            return -1;
        }
    }

    /** Takes the protection off a packet that starts at 0; its new length, or -1 when it is not authentic or a replay. */
    int unprotect(byte[] packet, int length, boolean control) {
        Region region = new Region(packet, length);
        try {
            SrtpErrorStatus status;
            if (control) {
                int ssrc = ssrc(packet, 4);
                SrtcpCryptoContext context = incomingControl.get(ssrc);
                if (context == null) {
                    context = receiving.deriveControlContext(ssrc);
                    incomingControl.put(ssrc, context);
                }
                status = context.reverseTransformPacket(region);
            } else {
                int ssrc = ssrc(packet, 8);
                SrtpCryptoContext context = incoming.get(ssrc);
                if (context == null) {
                    context = receiving.deriveContext(ssrc, 0);
                    incoming.put(ssrc, context);
                }
                status = context.reverseTransformPacket(region, false);
            }
            return status == SrtpErrorStatus.OK ? region.length : -1;
        } catch (GeneralSecurityException e) {
            return -1;
        }
    }

    private static int ssrc(byte[] packet, int at) {
        return (packet[at] & 0xFF) << 24
                | (packet[at + 1] & 0xFF) << 16
                | (packet[at + 2] & 0xFF) << 8
                | packet[at + 3] & 0xFF;
    }

    @Override
    public void close() {
        sending.close();
        receiving.close();
    }

    /** A packet as jitsi-srtp wants it: an array with room behind. */
    private static final class Region implements ByteArrayBuffer {
        private final byte[] bytes;
        private int offset;
        private int length;

        Region(byte[] bytes, int length) {
            this.bytes = bytes;
            this.length = length;
        }

        @Override
        public byte[] getBuffer() {
            return bytes;
        }

        @Override
        public int getOffset() {
            return offset;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int to) {
            length = to;
        }

        @Override
        public void setOffset(int to) {
            offset = to;
        }

        @Override
        public boolean isInvalid() {
            return offset + length > bytes.length;
        }

        @Override
        public void readRegionToBuff(int from, int count, byte[] into) {
            System.arraycopy(bytes, offset + from, into, 0, count);
        }

        @Override
        public void grow(int by) {
            if (offset + length + by > bytes.length) {
                throw new IllegalStateException("no room behind a packet of " + length + " bytes for " + by + " more");
            }
        }

        @Override
        public void append(byte[] data, int count) {
            grow(count);
            System.arraycopy(data, 0, bytes, offset + length, count);
            length += count;
        }

        @Override
        public void shrink(int by) {
            length -= by;
        }
    }
}
