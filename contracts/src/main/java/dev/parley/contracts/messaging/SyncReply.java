package dev.parley.contracts.messaging;

import java.util.List;

/**
 * Everything that is different for the caller since a cursor.
 *
 * @param since the cursor to ask with next; one that was asked with stays good
 * @param more whether to ask again at once
 * @param resync the cursor was not known any more: what is listed is everything, and what is kept beside it is to be forgotten
 * @param conversations those that are new or different, as they are now
 * @param reload ids of conversations whose messages are to be read anew: some of what happened is not kept any more
 * @param left ids of conversations that the caller is not in any more
 * @param changes what happened in conversations that were known, of each in its order
 */
public record SyncReply(
        String since,
        boolean more,
        boolean resync,
        List<ConversationView> conversations,
        List<String> reload,
        List<String> left,
        List<MessagingFrame.Change> changes) {}
