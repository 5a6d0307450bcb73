package dev.parley.messaging;

/** A file that a message refers to. @param sizeBytes as the sender said it */
public record Attachment(String fileId, String name, long sizeBytes, String mediaType) {}
