package dev.parley.messaging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The port's in-memory twin, for tests. */
public final class InMemoryConversations implements Conversations {
    private final Map<String, Conversation> heads = new HashMap<>();
    private final Map<String, Map<String, Member>> members = new HashMap<>();
    private final Map<String, TreeMap<Long, Message>> messages = new HashMap<>();
    private final Map<String, TreeMap<Long, Change>> changes = new HashMap<>();
    private final Map<String, SendKey> keys = new HashMap<>();

    @Override
    public synchronized Optional<Conversation> find(String id) {
        return Optional.ofNullable(heads.get(id));
    }

    @Override
    public synchronized Optional<Roster> roster(String id) {
        return find(id).map(head -> new Roster(head, new LinkedHashMap<>(members.getOrDefault(id, Map.of()))));
    }

    @Override
    public synchronized Optional<Member> member(String id, String userId) {
        return Optional.ofNullable(members.getOrDefault(id, Map.of()).get(userId));
    }

    @Override
    public synchronized List<String> ofUser(String userId) {
        return members.entrySet().stream()
                .filter(one -> one.getValue().containsKey(userId))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized List<Held> held(String userId, Collection<String> ids) {
        return ids.stream()
                .filter(id -> heads.containsKey(id) && member(id, userId).isPresent())
                .map(id -> new Held(heads.get(id), member(id, userId).orElseThrow()))
                .toList();
    }

    @Override
    public synchronized Commit.Outcome commit(Commit commit) {
        String id = commit.before().id();
        if (commit.key().isPresent()) {
            SendKey earlier = keys.get(keyOf(id, commit.key().get()));
            if (earlier != null) {
                return new Commit.Outcome.Repeated(earlier);
            }
        }
        long last = find(id).map(Conversation::lastChange).orElse(0L);
        if (last != commit.before().lastChange()) {
            return new Commit.Outcome.Conflict();
        }
        heads.put(id, commit.after());
        changes.computeIfAbsent(id, key -> new TreeMap<>()).put(commit.change().number(), commit.change());
        commit.key().ifPresent(key -> keys.put(keyOf(id, key), key));
        commit.message()
                .ifPresent(message ->
                        messages.computeIfAbsent(id, key -> new TreeMap<>()).put(message.seq(), message));
        Map<String, Member> people = members.computeIfAbsent(id, key -> new HashMap<>());
        commit.put().forEach(member -> people.put(member.userId(), member));
        commit.removed().forEach(people::remove);
        return new Commit.Outcome.Written();
    }

    private static String keyOf(String id, SendKey key) {
        return id + " " + key.userId() + " " + key.clientMsgId();
    }

    @Override
    public synchronized void admit(Collection<Member> admitted) {
        admitted.forEach(member -> members.computeIfAbsent(member.conversationId(), key -> new HashMap<>())
                .putIfAbsent(member.userId(), member));
    }

    @Override
    public synchronized void bar(String id, String userId) {
        members.getOrDefault(id, Map.of())
                .computeIfPresent(
                        userId,
                        (key, one) -> new Member(
                                id, userId, one.owner(), one.joinedAt(), one.deliveredSeq(), one.readSeq(), true));
    }

    @Override
    public synchronized Optional<Member> mark(String id, String userId, long deliveredSeq, long readSeq) {
        Map<String, Member> people = members.getOrDefault(id, Map.of());
        people.computeIfPresent(
                userId,
                (key, one) -> new Member(
                        id,
                        userId,
                        one.owner(),
                        one.joinedAt(),
                        Math.max(one.deliveredSeq(), deliveredSeq),
                        Math.max(one.readSeq(), readSeq),
                        one.barred()));
        return Optional.ofNullable(people.get(userId));
    }

    private TreeMap<Long, Message> of(String id) {
        return messages.getOrDefault(id, new TreeMap<>());
    }

    @Override
    public synchronized Optional<Message> message(String id, long seq) {
        return Optional.ofNullable(of(id).get(seq));
    }

    @Override
    public synchronized Map<Long, Message> messages(String id, Collection<Long> seqs) {
        Map<Long, Message> found = new HashMap<>();
        seqs.forEach(seq -> message(id, seq).ifPresent(message -> found.put(seq, message)));
        return found;
    }

    @Override
    public synchronized List<Message> after(String id, long afterSeq, int limit) {
        return of(id).tailMap(afterSeq, false).values().stream().limit(limit).toList();
    }

    @Override
    public synchronized List<Message> before(String id, long beforeSeq, int limit) {
        return of(id).headMap(beforeSeq, false).values().stream()
                .sorted(Comparator.comparing(Message::seq).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Change> changes(String id, long after, int limit) {
        return changes.getOrDefault(id, new TreeMap<>()).tailMap(after, false).values().stream()
                .limit(limit)
                .toList();
    }

    /** Forgets what happened up to a change, as time does. */
    synchronized void forgetChanges(String id, long upTo) {
        changes.getOrDefault(id, new TreeMap<>()).headMap(upTo, true).clear();
    }

    @Override
    public synchronized Unread unread(String id, String userId, long readSeq, int most) {
        List<Message> unread = new ArrayList<>(of(id).tailMap(readSeq, false).values());
        unread.removeIf(message -> message.recalled() || message.author().equals(userId));
        List<Message> counted = unread.subList(0, Math.min(most, unread.size()));
        return new Unread(
                counted.size(),
                counted.stream()
                        .filter(message -> message.mentions().contains(userId))
                        .count());
    }
}
