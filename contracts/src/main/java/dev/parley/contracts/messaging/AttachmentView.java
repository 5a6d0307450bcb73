package dev.parley.contracts.messaging;

/**
 * A file that a message refers to.
 *
 * @param name as people see it, 1 to 255 characters
 * @param size bytes
 * @param type media type, {@code image/png}
 */
public record AttachmentView(String fileId, String name, Long size, String type) {}
