package dev.parley.contracts.files;

import java.util.List;

/**
 * {@code POST /files}: what somebody wants to upload.
 *
 * @param name as people see it, 1 to 255 characters
 * @param size bytes, 1 or more
 * @param type media type as the sender believes it; absent when it is not known
 * @param chunks SHA-256 of each chunk of {@link FileLimits#CHUNK_BYTES}, in order
 * @param conversationId where it is shared as soon as it is ready; absent for nowhere
 */
public record FileDraft(
        String name, Long size, String sha256, String type, List<String> chunks, String conversationId) {}
