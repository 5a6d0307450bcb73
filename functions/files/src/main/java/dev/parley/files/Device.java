package dev.parley.files;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that files go to.
 *
 * @param id {@code dv_…}
 * @param ownerId whose it is; empty for one that belongs to nobody
 * @param credential hash of what it signs in with; empty when it uses its owner's session
 * @param createdBy the account that made it
 */
public record Device(
        String id,
        Optional<String> ownerId,
        String name,
        String kind,
        Optional<String> credential,
        String createdBy,
        Instant createdAt,
        Optional<Instant> lastSeen) {
    public Device {
        Objects.requireNonNull(id);
        Objects.requireNonNull(ownerId);
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(credential);
        Objects.requireNonNull(createdBy);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(lastSeen);
    }

    /** Whose sockets it hears by: its own when it signs in by itself, else its owner's. */
    public String holder() {
        return credential.isPresent() ? id : ownerId.orElse(id);
    }
}
