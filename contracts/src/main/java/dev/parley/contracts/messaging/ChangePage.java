package dev.parley.contracts.messaging;

import java.util.List;

/**
 * What happened in a conversation after a change.
 *
 * @param resync some of it is not kept any more: read the conversation and its messages anew, and go on from {@code lastChange}
 */
public record ChangePage(List<MessagingFrame.Change> list, long lastChange, boolean more, boolean resync) {}
