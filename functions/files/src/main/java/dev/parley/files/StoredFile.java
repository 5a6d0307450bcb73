package dev.parley.files;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A file.
 *
 * @param id {@code f_…}
 * @param sha256 64 hexadecimal digits
 * @param declaredType media type as its owner said it
 * @param type what its content is, once that was looked at
 * @param blob where its bytes are kept; empty when they are gone
 * @param upload what the store calls the upload; empty before it was begun and after it was finished
 * @param shareWith the conversation that it is shared in as soon as it is ready
 * @param expiresAt when an unfinished upload is thrown away
 */
public record StoredFile(
        String id,
        String ownerId,
        String name,
        long size,
        String sha256,
        String declaredType,
        FileState state,
        Optional<Refusal> refusal,
        Optional<String> type,
        Optional<Risk> risk,
        Optional<String> blob,
        Optional<String> upload,
        Optional<String> shareWith,
        Instant createdAt,
        Optional<Instant> readyAt,
        Instant expiresAt) {
    public StoredFile {
        Objects.requireNonNull(id);
        Objects.requireNonNull(ownerId);
        Objects.requireNonNull(name);
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(declaredType);
        Objects.requireNonNull(state);
        Objects.requireNonNull(refusal);
        Objects.requireNonNull(type);
        Objects.requireNonNull(risk);
        Objects.requireNonNull(blob);
        Objects.requireNonNull(upload);
        Objects.requireNonNull(shareWith);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(readyAt);
        Objects.requireNonNull(expiresAt);
    }

    public boolean ready() {
        return state == FileState.READY;
    }

    public boolean gone() {
        return state == FileState.REMOVED;
    }
}
