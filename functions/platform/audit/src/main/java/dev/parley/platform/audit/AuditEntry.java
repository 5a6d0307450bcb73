package dev.parley.platform.audit;

import dev.parley.kernel.AuditAct;
import java.util.HexFormat;

/**
 * An act in its place in the chain.
 *
 * @param seq 1, 2, 3 … without gaps
 * @param previous hash of the entry before, lower-case hex; 64 zeros for the first
 * @param hash of this entry, lower-case hex
 */
public record AuditEntry(long seq, AuditAct act, String previous, String hash) {
    /** What the first entry follows. */
    static final String NOTHING = "0".repeat(64);

    /** The entry of {@code act} after {@code last}. */
    static AuditEntry after(AuditHead last, AuditAct act) {
        long seq = last.seq() + 1;
        return new AuditEntry(seq, act, last.hash(), hex(EntryHash.of(seq, act, last.hash())));
    }

    AuditHead head() {
        return new AuditHead(seq, hash);
    }

    /** Whether the hash is that of what the entry says. */
    boolean holds() {
        return hash.equals(hex(EntryHash.of(seq, act, previous)));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
