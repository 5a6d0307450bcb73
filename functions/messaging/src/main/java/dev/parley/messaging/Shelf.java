package dev.parley.messaging;

import dev.parley.contracts.messaging.ConversationPage;
import dev.parley.contracts.messaging.ConversationView;
import dev.parley.contracts.messaging.MessagingLimits;
import dev.parley.contracts.messaging.PersonView;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Shows somebody their conversations: what is new in each, and how much of it they have not read. */
final class Shelf {
    private static final Conversations.Unread NOTHING = new Conversations.Unread(0, 0);

    private final Conversations conversations;
    private final Entrance entrance;
    private final Views views;

    Shelf(Conversations conversations, Entrance entrance, Views views) {
        this.conversations = Objects.requireNonNull(conversations);
        this.entrance = Objects.requireNonNull(entrance);
        this.views = Objects.requireNonNull(views);
    }

    ConversationView show(Caller caller, String id) {
        Entrance.Entry entry = entrance.enter(caller, id);
        return show(caller.userId(), entry.conversation(), entry.member(), entry.title());
    }

    /** All of somebody's conversations, the most recently changed first. */
    List<Conversations.Held> all(String userId) {
        return conversations.held(userId, conversations.ofUser(userId)).stream()
                .filter(held -> !held.member().barred())
                .sorted(Comparator.comparing(
                                (Conversations.Held held) -> held.conversation().updatedAt())
                        .reversed()
                        .thenComparing(held -> held.conversation().id()))
                .toList();
    }

    ConversationPage page(Caller caller, int page, int pageSize) {
        List<Conversations.Held> all = all(caller.userId());
        List<ConversationView> shown = all.stream()
                .skip((page - 1L) * pageSize)
                .limit(pageSize)
                .map(held -> show(caller.userId(), held))
                .toList();
        return new ConversationPage(shown, all.size(), page, pageSize, (all.size() + pageSize - 1) / pageSize);
    }

    ConversationView show(String userId, Conversations.Held held) {
        return show(
                userId,
                held.conversation(),
                Optional.of(held.member()),
                held.conversation().title());
    }

    private ConversationView show(String userId, Conversation conversation, Optional<Member> self, String title) {
        Optional<Message> last = conversation.lastSeq() == 0
                ? Optional.empty()
                : conversations.message(conversation.id(), conversation.lastSeq());
        Conversations.Unread unread =
                self.map(member -> unread(conversation, member)).orElse(NOTHING);
        Optional<String> peerId = Optional.empty();
        Optional<Member> peer = Optional.empty();
        if (conversation.kind() == ConversationKind.DIRECT) {
            Map<String, Member> members = conversations
                    .roster(conversation.id())
                    .map(Conversations.Roster::members)
                    .orElse(Map.of());
            peer = members.values().stream()
                    .filter(member -> !member.userId().equals(userId))
                    .findFirst();
            peerId = peer.map(Member::userId).or(() -> Optional.of(PersonView.DELETED));
        }
        return views.conversation(new Views.Shown(conversation, self, title, peerId, peer, unread, last));
    }

    /** What of a conversation its member has not read. */
    Conversations.Unread unread(Conversation conversation, Member member) {
        return member.readSeq() >= conversation.lastSeq()
                ? NOTHING
                : conversations.unread(conversation.id(), member.userId(), member.readSeq(), MessagingLimits.COUNTED);
    }
}
