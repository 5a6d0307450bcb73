package dev.parley.agent;

import java.util.List;

/**
 * What a file is made of.
 *
 * @param chunkSize bytes of every chunk but the last
 * @param chunks SHA-256 of each, lower-case hex
 */
record Manifest(long size, String sha256, int chunkSize, List<String> chunks) {
    private static final int LARGEST_CHUNK = 1 << 30;

    /** @throws IllegalArgumentException when it does not describe the file of the notice */
    static Manifest of(Json json, Notice notice) {
        long chunkSize = json.number("chunk_size");
        List<String> chunks = json.texts("chunks");
        boolean fits = json.number("size") == notice.size()
                && json.text("sha256").equals(notice.sha256())
                && chunkSize > 0
                && chunkSize <= LARGEST_CHUNK
                && chunks.size() == (notice.size() + chunkSize - 1) / chunkSize
                && chunks.stream().allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        if (!fits) {
            throw new IllegalArgumentException("the manifest of " + notice.fileId() + " is of another file");
        }
        return new Manifest(notice.size(), notice.sha256(), (int) chunkSize, chunks);
    }

    long offset(int chunk) {
        return (long) chunk * chunkSize;
    }

    int length(int chunk) {
        return (int) Math.min(chunkSize, size - offset(chunk));
    }
}
