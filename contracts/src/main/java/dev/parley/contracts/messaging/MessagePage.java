package dev.parley.contracts.messaging;

import java.util.List;

/**
 * Messages in the order of their numbers.
 *
 * @param more whether there are others beyond, in the direction that was asked for
 */
public record MessagePage(List<MessageView> list, long lastSeq, long lastChange, boolean more) {}
