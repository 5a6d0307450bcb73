package dev.parley.messaging;

import java.util.List;
import java.util.Set;

/** Which words stand in which messages of a conversation. */
public interface Words {
    /** Notes the words of a message, in place of those that were noted of it; none forgets it. */
    void index(String conversationId, long seq, Set<String> words);

    /**
     * Numbers of messages with a word, the highest first.
     *
     * @param word how it begins, or the whole of it
     * @param limit how many postings are looked at
     */
    List<Long> find(String conversationId, String word, boolean whole, int limit);
}
