package dev.parley.messaging;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where conversations, messages and what happened are kept. Reads are consistent, unless it is said. A store that does not answer is 503
 * {@code store.unavailable}.
 */
public interface Conversations {
    /** A conversation and who is in it, by user id. */
    record Roster(Conversation conversation, Map<String, Member> members) {}

    /** A conversation and one who is in it. */
    record Held(Conversation conversation, Member member) {}

    /** Messages that somebody has not read: how many, and how many of them mention that person. */
    record Unread(long messages, long mentions) {}

    Optional<Conversation> find(String id);

    /** The conversation with everybody in it. */
    Optional<Roster> roster(String id);

    Optional<Member> member(String id, String userId);

    /** The ids of the conversations somebody is in; one of the last moment may be missing. */
    List<String> ofUser(String userId);

    /** Those of these conversations that somebody is in. */
    List<Held> held(String userId, Collection<String> ids);

    /** Writes one change of one conversation. */
    Commit.Outcome commit(Commit commit);

    /** Notes people who take part in a meeting, those of them who are not noted yet. */
    void admit(Collection<Member> members);

    /** Notes that somebody who took part in a meeting was removed from it. */
    void bar(String id, String userId);

    /** Raises how far somebody got; neither number ever falls. @return them afterwards; empty when they are not in it */
    Optional<Member> mark(String id, String userId, long deliveredSeq, long readSeq);

    Optional<Message> message(String id, long seq);

    /** Those of these messages that there are, by number. */
    Map<Long, Message> messages(String id, Collection<Long> seqs);

    /** Messages with numbers above {@code afterSeq}, the lowest first. */
    List<Message> after(String id, long afterSeq, int limit);

    /** Messages with numbers below {@code beforeSeq}, the highest first. */
    List<Message> before(String id, long beforeSeq, int limit);

    /** What is kept of what happened after a change, in order. What is too old is missing. */
    List<Change> changes(String id, long after, int limit);

    /** Messages of others above {@code readSeq} that were not recalled, counted up to {@code most}. */
    Unread unread(String id, String userId, long readSeq, int most);
}
