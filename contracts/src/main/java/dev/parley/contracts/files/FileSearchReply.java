package dev.parley.contracts.files;

import java.util.List;

/**
 * Files that the caller may read, with all the words in their names or in what their senders are called, the newest first.
 *
 * @param more whether there may be others
 * @param cursor what asks for those; absent when there are none
 */
public record FileSearchReply(List<FoundFile> list, boolean more, String cursor) {}
