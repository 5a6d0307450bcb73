package dev.parley.contracts.meetings;

import java.util.List;

/**
 * Meetings of the caller's with all the words, the latest first.
 *
 * @param more whether there may be others
 * @param cursor what asks for those; absent when there are none
 */
public record MeetingSearchReply(List<MeetingView> list, boolean more, String cursor) {}
