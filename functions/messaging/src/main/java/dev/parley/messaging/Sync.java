package dev.parley.messaging;

import dev.parley.contracts.messaging.ConversationView;
import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.contracts.messaging.MessagingLimits;
import dev.parley.contracts.messaging.SyncReply;
import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that is different for somebody since a cursor. A cursor stands for how far a device has come in each of the person's
 * conversations: the number of the last change it was told, and how far the person had read. No clock is in it, so nothing falls between
 * two answers. An answer leaves the cursor that was asked with as it was: a device whose answer was lost asks again and gets no less.
 */
public final class Sync {
    /** How long a cursor is good without being used: as long as what happened is kept. */
    static final Duration CURSOR_KEPT = Duration.ofDays(30);

    private static final Rate SYNCS = Rate.of(60, Duration.ofMinutes(1));
    private static final int CONVERSATIONS_AT_ONCE = 50;

    private final Conversations conversations;
    private final Messages messages;
    private final Shelf shelf;
    private final Ephemeral cursors;
    private final RateLimiter limiter;
    private final Ids ids;

    Sync(Conversations conversations, Messages messages, Shelf shelf, Ephemeral cursors, RateLimiter limiter, Ids ids) {
        this.conversations = Objects.requireNonNull(conversations);
        this.messages = Objects.requireNonNull(messages);
        this.shelf = Objects.requireNonNull(shelf);
        this.cursors = Objects.requireNonNull(cursors);
        this.limiter = Objects.requireNonNull(limiter);
        this.ids = Objects.requireNonNull(ids);
    }

    /** How far a device has come in one conversation. */
    private record Position(long change, long readSeq) {
        static Position of(Conversations.Held held) {
            return new Position(held.conversation().lastChange(), held.member().readSeq());
        }

        static Position parse(String text) {
            int colon = text.indexOf(':');
            return new Position(Long.parseLong(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
        }

        @Override
        public String toString() {
            return change + ":" + readSeq;
        }
    }

    /** What is gathered for one answer. */
    private static final class Answer {
        private final Map<String, Position> positions = new HashMap<>();
        private final List<ConversationView> views = new ArrayList<>();
        private final List<String> reload = new ArrayList<>();
        private final List<String> left = new ArrayList<>();
        private final List<MessagingFrame.Change> changes = new ArrayList<>();
        private boolean more;

        private boolean isEmpty() {
            return views.isEmpty() && reload.isEmpty() && left.isEmpty() && changes.isEmpty();
        }
    }

    /** @param since a cursor of an earlier answer; without one, everything is new */
    public SyncReply since(Caller caller, Optional<String> since) {
        limiter.check("sync#" + caller.userId(), SYNCS);
        Optional<Map<String, Position>> known = since.flatMap(cursor -> positions(caller, cursor));
        Answer answer = gather(caller, known.orElse(Map.of()));
        String cursor =
                answer.isEmpty() && known.isPresent() ? renew(caller, since.get(), answer) : keep(caller, answer);
        return new SyncReply(
                cursor,
                answer.more,
                since.isPresent() && known.isEmpty(),
                answer.views,
                answer.reload,
                answer.left,
                answer.changes);
    }

    private Answer gather(Caller caller, Map<String, Position> known) {
        Answer answer = new Answer();
        answer.positions.putAll(known);
        List<Conversations.Held> all = shelf.all(caller.userId());
        for (Conversations.Held held : all) {
            if (answer.views.size() >= CONVERSATIONS_AT_ONCE || answer.changes.size() >= MessagingLimits.CHANGES) {
                answer.more = isDifferent(held, known) || answer.more;
                continue;
            }
            catchUp(
                    caller,
                    held,
                    Optional.ofNullable(known.get(held.conversation().id())),
                    answer);
        }
        known.keySet().stream()
                .filter(id ->
                        all.stream().noneMatch(held -> held.conversation().id().equals(id)))
                // The list may lag behind by a moment; whether somebody is in a conversation does not.
                .filter(id -> conversations
                        .member(id, caller.userId())
                        .filter(member -> !member.barred())
                        .isEmpty())
                .forEach(id -> {
                    answer.left.add(id);
                    answer.positions.remove(id);
                });
        return answer;
    }

    private static boolean isDifferent(Conversations.Held held, Map<String, Position> known) {
        return !Position.of(held).equals(known.get(held.conversation().id()));
    }

    private void catchUp(Caller caller, Conversations.Held held, Optional<Position> from, Answer answer) {
        Conversation conversation = held.conversation();
        Position now = Position.of(held);
        if (from.filter(now::equals).isPresent()) {
            return;
        }
        answer.views.add(shelf.show(caller.userId(), held));
        if (from.isEmpty()) {
            answer.positions.put(conversation.id(), now);
            return;
        }
        Messages.Missed missed = messages.missed(
                conversation,
                conversation.title(),
                from.get().change(),
                MessagingLimits.CHANGES - answer.changes.size());
        if (missed.resync()) {
            answer.reload.add(conversation.id());
        }
        answer.changes.addAll(missed.changes());
        answer.more |= missed.more();
        answer.positions.put(conversation.id(), new Position(missed.lastChange(), now.readSeq()));
    }

    private Optional<Map<String, Position>> positions(Caller caller, String cursor) {
        return cursors.find(key(caller, cursor)).map(texts -> {
            Map<String, Position> positions = new HashMap<>();
            texts.forEach((id, text) -> positions.put(id, Position.parse(text)));
            return positions;
        });
    }

    private String keep(Caller caller, Answer answer) {
        String cursor = ids.opaque("y_");
        store(caller, cursor, answer);
        return cursor;
    }

    /** Nothing is different: the cursor stays, and stays good. */
    private String renew(Caller caller, String cursor, Answer answer) {
        store(caller, cursor, answer);
        return cursor;
    }

    private void store(Caller caller, String cursor, Answer answer) {
        Map<String, String> texts = new HashMap<>();
        answer.positions.forEach((id, position) -> texts.put(id, position.toString()));
        cursors.put(key(caller, cursor), texts, CURSOR_KEPT);
    }

    private static String key(Caller caller, String cursor) {
        return "sync#" + caller.userId() + "#" + cursor;
    }
}
