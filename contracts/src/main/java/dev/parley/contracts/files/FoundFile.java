package dev.parley.contracts.files;

/**
 * A file that was found, and how the caller comes to it.
 *
 * @param from who shared or pushed it; absent of one's own, and where that account is gone
 * @param conversationId where it is shared; absent of one that is shared nowhere, and of one that was pushed
 */
public record FoundFile(FileView file, PushView.Sender from, String conversationId) {}
