package dev.parley.contracts.files;

import java.time.Instant;
import java.util.List;

/**
 * A file.
 *
 * @param type what its content is; absent before it was checked
 * @param state {@code uploading}, {@code checking}, {@code ready}, {@code refused} or {@code removed}
 * @param reason why it was refused: {@code size}, {@code chunk_hash}, {@code hash}, {@code type}
 * @param risk {@code program} or {@code active} (pages and drawings that can run scripts); absent for everything else
 * @param owner whose it is
 * @param mine true for its owner, else absent
 * @param conversations where it is shared, told its owner alone
 * @param expiresAt when an unfinished upload is thrown away
 */
public record FileView(
        String fileId,
        String name,
        long size,
        String sha256,
        String type,
        String declaredType,
        String state,
        String reason,
        String risk,
        String owner,
        Boolean mine,
        List<String> conversations,
        Instant createdAt,
        Instant readyAt,
        Instant expiresAt) {}
