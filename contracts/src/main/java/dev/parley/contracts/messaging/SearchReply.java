package dev.parley.contracts.messaging;

import java.util.List;

/**
 * Messages with all the words, the newest first.
 *
 * @param more whether there may be others
 * @param cursor what asks for those; absent when there are none
 */
public record SearchReply(List<MessageView> list, boolean more, String cursor) {}
