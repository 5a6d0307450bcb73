package dev.parley.messaging;

/** A file that a message refers to; it is shared in the message's conversation, and what stands here is what it is. */
public record Attachment(String fileId, String name, long sizeBytes, String mediaType) {}
