package dev.parley.messaging;

import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.contracts.messaging.ReadReply;
import dev.parley.kernel.Rate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How far messages were delivered and read. Both are marks that only rise, so that they may be told in any order and any number of times.
 * One's own devices always hear of them; the others in a conversation of at most fifty people, which is no meeting's.
 */
public final class Receipts {
    private static final Rate MARKS = Rate.of(120, Duration.ofSeconds(20));

    private final Conversations conversations;
    private final Entrance entrance;
    private final Shelf shelf;
    private final Told told;
    private final Throttle throttle;

    Receipts(Conversations conversations, Entrance entrance, Shelf shelf, Told told, Throttle throttle) {
        this.conversations = Objects.requireNonNull(conversations);
        this.entrance = Objects.requireNonNull(entrance);
        this.shelf = Objects.requireNonNull(shelf);
        this.told = Objects.requireNonNull(told);
        this.throttle = Objects.requireNonNull(throttle);
    }

    /** Notes that the caller has read everything up to a message, or that a device of theirs has it. What lies beyond the last message is the last. */
    public ReadReply mark(Caller caller, String id, OptionalLong delivered, OptionalLong read) {
        throttle.check("receipt#" + caller.userId(), MARKS);
        Entrance.Entry entry = entrance.enter(caller, id);
        Conversation conversation = entry.conversation();
        if (entry.member().isEmpty()) {
            // Guests, and who has only come in: nothing is kept of what they read.
            return new ReadReply(Math.min(read.orElse(0), conversation.lastSeq()), 0, 0);
        }
        Member before = entry.member().get();
        long readSeq = Math.min(read.orElse(0), conversation.lastSeq());
        long deliveredSeq = Math.max(readSeq, Math.min(delivered.orElse(0), conversation.lastSeq()));
        Member after = readSeq > before.readSeq() || deliveredSeq > before.deliveredSeq()
                ? conversations
                        .mark(id, caller.userId(), deliveredSeq, readSeq)
                        .orElseThrow(MessagingErrors.NO_CONVERSATION::exception)
                : before;
        Conversations.Unread unread = shelf.unread(conversation, after);
        if (after.readSeq() > before.readSeq() || after.deliveredSeq() > before.deliveredSeq()) {
            tell(caller, entry, after, unread);
        }
        return new ReadReply(after.readSeq(), unread.messages(), unread.mentions());
    }

    private void tell(Caller caller, Entrance.Entry entry, Member after, Conversations.Unread unread) {
        told.people(List.of(caller.userId()), caller.connectionId(), receipt(after, Optional.of(unread)));
        if (!entry.isMeeting() && entry.conversation().isSmall()) {
            Set<String> others = new HashSet<>(entry.members().keySet());
            others.remove(caller.userId());
            if (!others.isEmpty()) {
                told.people(others, Optional.empty(), receipt(after, Optional.empty()));
            }
        }
    }

    private static MessagingFrame.Receipt receipt(Member member, Optional<Conversations.Unread> unread) {
        return new MessagingFrame.Receipt(
                member.conversationId(),
                member.userId(),
                member.deliveredSeq(),
                member.readSeq(),
                unread.map(Conversations.Unread::messages).orElse(null),
                unread.map(Conversations.Unread::mentions).orElse(null));
    }
}
