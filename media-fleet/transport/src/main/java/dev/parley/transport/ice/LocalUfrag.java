package dev.parley.transport.ice;

import dev.parley.rtp.stun.StunMessage;
import java.nio.ByteBuffer;

/** Our user-name fragments: always eight ASCII characters, which makes one a {@code long} and its look-up free of garbage. */
public final class LocalUfrag {
    /** Characters of each of our fragments. */
    public static final int CHARS = 8;

    /** Stands for a fragment that cannot be ours; no eight ice-chars pack to it. */
    public static final long NONE = 0;

    private LocalUfrag() {}

    /** The packed form of a fragment that {@link IceCredentials#generate} made. */
    public static long pack(String ufrag) {
        if (ufrag.length() != CHARS) {
            throw new IllegalArgumentException("our fragments have " + CHARS + " characters, not " + ufrag.length());
        }
        long packed = 0;
        for (int i = 0; i < CHARS; i++) {
            packed = packed << 8 | ufrag.charAt(i) & 0xFF;
        }
        return packed;
    }

    /** The packed form of the fragment that a request is meant for, or {@link #NONE} when it cannot be ours. */
    public static long of(StunMessage request) {
        if (request.localFragmentLength() != CHARS) {
            return NONE;
        }
        ByteBuffer buffer = request.buffer();
        int at = request.usernameOffset();
        long packed = 0;
        for (int i = 0; i < CHARS; i++) {
            packed = packed << 8 | buffer.get(at + i) & 0xFF;
        }
        return packed;
    }
}
