package dev.parley.rtp.stun;

import dev.parley.rtp.MalformedPacketException;
import dev.parley.rtp.extension.TextValue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One STUN message in a buffer (RFC 8489 section 5), read in place. Attributes behind MESSAGE-INTEGRITY other than FINGERPRINT are ignored. */
public final class StunMessage {
    /** The magic cookie in bytes 4 to 7. */
    public static final int MAGIC_COOKIE = 0x2112A442;
    /** Bytes of the header. */
    public static final int HEADER_LENGTH = 20;

    /** Message type: binding request. */
    public static final int BINDING_REQUEST = 0x0001;
    /** Message type: binding indication. */
    public static final int BINDING_INDICATION = 0x0011;
    /** Message type: binding success response. */
    public static final int BINDING_SUCCESS = 0x0101;
    /** Message type: binding error response. */
    public static final int BINDING_ERROR = 0x0111;

    private ByteBuffer buffer;
    private int offset;
    private int length;
    private int username;
    private int xorMappedAddress;
    private int priority;
    private int useCandidate;
    private int controlled;
    private int controlling;
    private int errorCode;
    private int messageIntegrity;
    private int fingerprint;
    private int unknownRequired;

    /** Tells STUN from DTLS and RTP on one socket: first two bits zero and the magic cookie (RFC 7983). */
    public static boolean looksLikeStun(ByteBuffer buffer, int offset, int length) {
        return length >= HEADER_LENGTH && (buffer.get(offset) & 0xC0) == 0 && buffer.getInt(offset + 4) == MAGIC_COOKIE;
    }

    /**
     * Points this flyweight at a message.
     *
     * @throws MalformedPacketException if the bytes are not one well-formed STUN message
     */
    public StunMessage wrap(ByteBuffer buffer, int offset, int length) {
        if (!tryWrap(buffer, offset, length)) {
            throw new MalformedPacketException("not a STUN message");
        }
        return this;
    }

    /** Points this flyweight at a message; answers false, and is unusable until the next wrap, when the bytes are malformed. */
    public boolean tryWrap(ByteBuffer buffer, int offset, int length) {
        if (offset < 0 || offset > buffer.capacity() - length || !looksLikeStun(buffer, offset, length)) {
            return false;
        }
        int body = buffer.getShort(offset + 2) & 0xFFFF;
        if ((body & 3) != 0 || body + HEADER_LENGTH != length) {
            return false;
        }
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        username = 0;
        xorMappedAddress = 0;
        priority = 0;
        useCandidate = 0;
        controlled = 0;
        controlling = 0;
        errorCode = 0;
        messageIntegrity = 0;
        fingerprint = 0;
        unknownRequired = 0;
        return readAttributes();
    }

    private boolean readAttributes() {
        int end = offset + length;
        int position = offset + HEADER_LENGTH;
        while (position < end) {
            if (position + 4 > end || fingerprint != 0) {
                return false;
            }
            int type = buffer.getShort(position) & 0xFFFF;
            int size = buffer.getShort(position + 2) & 0xFFFF;
            int padded = size + 3 & ~3;
            if (position + 4 + padded > end) {
                return false;
            }
            boolean afterIntegrity = messageIntegrity != 0 && type != StunAttribute.FINGERPRINT;
            if (!afterIntegrity && !note(type, size, position)) {
                return false;
            }
            position += 4 + padded;
        }
        return true;
    }

    /** Remembers where an attribute is; false when its size is wrong. Only the first of a kind counts (RFC 8489 section 14). */
    private boolean note(int type, int size, int at) {
        switch (type) {
            case StunAttribute.USERNAME -> {
                username = username == 0 ? at : username;
                return size <= 513;
            }
            case StunAttribute.MESSAGE_INTEGRITY -> {
                messageIntegrity = at;
                return size == 20;
            }
            case StunAttribute.FINGERPRINT -> {
                fingerprint = at;
                return size == 4;
            }
            case StunAttribute.XOR_MAPPED_ADDRESS -> {
                xorMappedAddress = xorMappedAddress == 0 ? at : xorMappedAddress;
                int family = size >= 4 ? buffer.get(at + 5) : 0;
                return family == 1 && size == 8 || family == 2 && size == 20;
            }
            case StunAttribute.PRIORITY -> {
                priority = priority == 0 ? at : priority;
                return size == 4;
            }
            case StunAttribute.USE_CANDIDATE -> {
                useCandidate = at;
                return size == 0;
            }
            case StunAttribute.ICE_CONTROLLED -> {
                controlled = controlled == 0 ? at : controlled;
                return size == 8;
            }
            case StunAttribute.ICE_CONTROLLING -> {
                controlling = controlling == 0 ? at : controlling;
                return size == 8;
            }
            case StunAttribute.ERROR_CODE -> {
                errorCode = errorCode == 0 ? at : errorCode;
                return size >= 4;
            }
            default -> {
                // Comprehension-required attributes are those below 0x8000.
                if (type < 0x8000 && !StunAttribute.isUnderstood(type) && unknownRequired == 0) {
                    unknownRequired = type;
                }
                return true;
            }
        }
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** The 14-bit message type: one of the constants here, or another method. */
    public int type() {
        return buffer.getShort(offset) & 0x3FFF;
    }

    /** The first four bytes of the transaction id. */
    public int transactionIdHigh() {
        return buffer.getInt(offset + 8);
    }

    /** The last eight bytes of the transaction id. */
    public long transactionIdLow() {
        return buffer.getLong(offset + 12);
    }

    public boolean hasUsername() {
        return username != 0;
    }

    /** Absolute offset of the user name; only when there is one. */
    public int usernameOffset() {
        return username + 4;
    }

    /** Bytes of the user name; 0 when there is none. */
    public int usernameLength() {
        return username == 0 ? 0 : buffer.getShort(username + 2) & 0xFFFF;
    }

    /** Bytes of the user name before the colon: in a request, the fragment of whoever receives it. -1 without a colon. */
    public int localFragmentLength() {
        int size = usernameLength();
        for (int i = 0; i < size; i++) {
            if (buffer.get(username + 4 + i) == ':') {
                return i;
            }
        }
        return -1;
    }

    /** The user name; allocates. */
    public String username() {
        return username == 0 ? "" : TextValue.read(buffer, usernameOffset(), usernameLength());
    }

    public boolean hasPriority() {
        return priority != 0;
    }

    /** The candidate priority, unsigned; 0 when absent. */
    public long priority() {
        return priority == 0 ? 0 : buffer.getInt(priority + 4) & 0xFFFF_FFFFL;
    }

    public boolean useCandidate() {
        return useCandidate != 0;
    }

    public boolean isControlling() {
        return controlling != 0;
    }

    public boolean isControlled() {
        return controlled != 0;
    }

    /** The tie breaker of ICE-CONTROLLING or ICE-CONTROLLED; 0 when neither is there. */
    public long tieBreaker() {
        int at = controlling != 0 ? controlling : controlled;
        return at == 0 ? 0 : buffer.getLong(at + 4);
    }

    /** The error code, such as 401 or 487; 0 when the message has none. */
    public int errorCode() {
        return errorCode == 0 ? 0 : (buffer.get(errorCode + 6) & 7) * 100 + (buffer.get(errorCode + 7) & 0xFF);
    }

    /** The first comprehension-required attribute this module does not know; 0 when there is none. */
    public int unknownRequiredAttribute() {
        return unknownRequired;
    }

    /** The reflexive address; allocates. Empty when the message carries none. */
    public Optional<InetSocketAddress> mappedAddress() {
        if (xorMappedAddress == 0) {
            return Optional.empty();
        }
        int port = (buffer.getShort(xorMappedAddress + 6) & 0xFFFF) ^ MAGIC_COOKIE >>> 16;
        byte[] address = new byte[buffer.get(xorMappedAddress + 5) == 1 ? 4 : 16];
        for (int i = 0; i < address.length; i++) {
            // The key is the magic cookie followed by the transaction id: bytes 4 to 19 of the header.
            address[i] = (byte) (buffer.get(xorMappedAddress + 8 + i) ^ buffer.get(offset + 4 + i));
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " bytes", e);
        }
    }

    public boolean hasMessageIntegrity() {
        return messageIntegrity != 0;
    }

    /** Absolute offset of the MESSAGE-INTEGRITY attribute's header; 0 when absent. */
    int messageIntegrityOffset() {
        return messageIntegrity;
    }

    public boolean hasFingerprint() {
        return fingerprint != 0;
    }

    /** Absolute offset of the FINGERPRINT attribute's header; 0 when absent. */
    int fingerprintOffset() {
        return fingerprint;
    }
}
