package dev.parley.files;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A file that somebody sends to devices.
 *
 * @param id {@code ps_…}
 * @param clientPushId what the sender calls it
 * @param expiresAt until when it waits for devices that are away
 */
public record Push(
        String id,
        String fileId,
        String senderId,
        String senderName,
        String note,
        Optional<String> clientPushId,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> calledBackAt) {
    public Push {
        Objects.requireNonNull(id);
        Objects.requireNonNull(fileId);
        Objects.requireNonNull(senderId);
        Objects.requireNonNull(senderName);
        Objects.requireNonNull(note);
        Objects.requireNonNull(clientPushId);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(expiresAt);
        Objects.requireNonNull(calledBackAt);
    }

    /** Whether devices may still fetch what it sends. */
    public boolean open(Instant now) {
        return calledBackAt.isEmpty() && now.isBefore(expiresAt);
    }
}
