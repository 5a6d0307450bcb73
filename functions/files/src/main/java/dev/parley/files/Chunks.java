package dev.parley.files;

import dev.parley.contracts.files.FileLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 of each chunk of a file, in order, 32 bytes each. Immutable. */
public final class Chunks {
    private static final int HASH_BYTES = 32;

    private final byte[] hashes;

    private Chunks(byte[] hashes) {
        this.hashes = hashes;
    }

    /** @param hashes all of them, one behind the other */
    public static Chunks of(byte[] hashes) {
        if (hashes.length % HASH_BYTES != 0) {
            throw new IllegalArgumentException("Hashes of chunks are 32 bytes each, not " + hashes.length + " in all");
        }
        return new Chunks(hashes.clone());
    }

    /** @param hex 64 digits each */
    public static Chunks ofHex(List<String> hex) {
        return of(HexFormat.of().parseHex(String.join("", hex)));
    }

    /** How many chunks a file of that many bytes has. */
    public static int countOf(long size) {
        return Math.toIntExact((size + FileLimits.CHUNK_BYTES - 1) / FileLimits.CHUNK_BYTES);
    }

    /** Bytes of one chunk of a file. @param number from 1 */
    public static long sizeOf(long fileSize, int number) {
        return Math.min(FileLimits.CHUNK_BYTES, fileSize - (number - 1L) * FileLimits.CHUNK_BYTES);
    }

    public int count() {
        return hashes.length / HASH_BYTES;
    }

    /** The hash of one chunk. @param number from 1 */
    public byte[] hash(int number) {
        return Arrays.copyOfRange(hashes, (number - 1) * HASH_BYTES, number * HASH_BYTES);
    }

    /** All of them, one behind the other. */
    public byte[] bytes() {
        return hashes.clone();
    }

    /** All of them, 64 digits each. */
    public List<String> hex() {
        List<String> hex = new ArrayList<>();
        for (int number = 1; number <= count(); number++) {
            hex.add(HexFormat.of().formatHex(hash(number)));
        }
        return hex;
    }
}
