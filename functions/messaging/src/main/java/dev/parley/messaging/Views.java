package dev.parley.messaging;

import dev.parley.contracts.messaging.AttachmentView;
import dev.parley.contracts.messaging.ConversationView;
import dev.parley.contracts.messaging.MemberView;
import dev.parley.contracts.messaging.MessageView;
import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.contracts.messaging.MessagingLimits;
import dev.parley.contracts.messaging.PersonView;
import dev.parley.contracts.messaging.ReactionView;
import dev.parley.kernel.Person;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Shows conversations, messages and changes as they are on the wire. */
final class Views {
    private final Names names;

    Views(Names names) {
        this.names = Objects.requireNonNull(names);
    }

    MessageView message(Message message) {
        return messages(List.of(message)).getFirst();
    }

    List<MessageView> messages(Collection<Message> messages) {
        Map<String, Person> people = names.find(peopleIn(messages));
        return messages.stream().map(message -> message(message, people)).toList();
    }

    private static Set<String> peopleIn(Collection<Message> messages) {
        Set<String> ids = new HashSet<>();
        for (Message message : messages) {
            ids.add(message.author());
            ids.addAll(message.mentions());
            message.recalledBy().ifPresent(ids::add);
            message.reactions().values().forEach(ids::addAll);
        }
        return ids;
    }

    private static MessageView message(Message message, Map<String, Person> people) {
        return new MessageView(
                message.conversationId(),
                message.seq(),
                message.change(),
                Names.view(message.author(), message.guestName(), people),
                message.at(),
                message.recalled() ? null : message.text(),
                message.clientMsgId(),
                message.replyTo().isPresent() ? message.replyTo().getAsLong() : null,
                message.mentions().isEmpty() ? null : ids(message.mentions(), people),
                message.attachments().isEmpty() ? null : attachments(message),
                message.editedAt().orElse(null),
                message.recalledAt().orElse(null),
                message.recalledBy().map(by -> id(by, people)).orElse(null),
                message.reactions().isEmpty() ? null : reactions(message, people));
    }

    static List<AttachmentView> attachments(Message message) {
        return message.attachments().stream()
                .map(file -> new AttachmentView(file.fileId(), file.name(), file.sizeBytes(), file.mediaType()))
                .toList();
    }

    private static List<ReactionView> reactions(Message message, Map<String, Person> people) {
        List<ReactionView> views = new ArrayList<>();
        message.reactions()
                .forEach((emoji, users) -> views.add(new ReactionView(
                        emoji,
                        users.size(),
                        ids(users.subList(0, Math.min(users.size(), MessagingLimits.LISTED_REACTIONS)), people))));
        return views;
    }

    private static List<String> ids(List<String> users, Map<String, Person> people) {
        return users.stream().map(user -> id(user, people)).toList();
    }

    private static String id(String userId, Map<String, Person> people) {
        Person person = people.get(userId);
        return person != null && person.deleted() ? PersonView.DELETED : userId;
    }

    /**
     * Changes, each with its message as it is now.
     *
     * @param messages by number, those that the changes are about
     */
    List<MessagingFrame.Change> changes(Collection<Change> changes, Map<Long, Message> messages, String title) {
        Set<String> ids = peopleIn(messages.values());
        changes.forEach(change -> {
            ids.add(change.by());
            ids.addAll(change.users());
        });
        Map<String, Person> people = names.find(ids);
        return changes.stream()
                .map(change -> change(
                        change, Optional.ofNullable(messages.get(change.seq().orElse(0))), title, people))
                .toList();
    }

    private static MessagingFrame.Change change(
            Change change, Optional<Message> message, String title, Map<String, Person> people) {
        boolean named = change.kind() == ChangeKind.CREATED || change.kind() == ChangeKind.RENAMED;
        return new MessagingFrame.Change(
                change.conversationId(),
                change.number(),
                change.kind().wire(),
                Names.view(
                        change.by(),
                        message.filter(one -> one.author().equals(change.by())).flatMap(Message::guestName),
                        people),
                change.at(),
                change.seq().isPresent() ? change.seq().getAsLong() : null,
                message.map(one -> message(one, people)).orElse(null),
                named && !title.isEmpty() ? title : null,
                change.users().isEmpty()
                        ? null
                        : change.users().stream()
                                .map(user -> Names.view(user, Optional.empty(), people))
                                .toList());
    }

    List<MemberView> members(Collection<Member> members) {
        Map<String, Person> people =
                names.find(members.stream().map(Member::userId).toList());
        return members.stream()
                .map(member -> new MemberView(
                        Names.view(member.userId(), Optional.empty(), people),
                        member.role(),
                        member.joinedAt(),
                        member.deliveredSeq(),
                        member.readSeq()))
                .toList();
    }

    /** What a conversation is shown from. @param peer the other in a direct one, if they are still there; their id even if not */
    record Shown(
            Conversation conversation,
            Optional<Member> self,
            String title,
            Optional<String> peerId,
            Optional<Member> peer,
            Conversations.Unread unread,
            Optional<Message> last) {}

    ConversationView conversation(Shown shown) {
        Conversation conversation = shown.conversation();
        return new ConversationView(
                conversation.id(),
                conversation.kind().wire(),
                shown.title().isEmpty() ? null : shown.title(),
                ConversationIds.meetingOf(conversation.id()).orElse(null),
                shown.peerId().map(names::view).orElse(null),
                shown.self().map(Member::role).orElse("member"),
                conversation.members(),
                conversation.lastSeq(),
                conversation.lastChange(),
                shown.self().map(Member::readSeq).orElse(conversation.lastSeq()),
                shown.peer().map(Member::readSeq).orElse(null),
                shown.peer().map(Member::deliveredSeq).orElse(null),
                shown.unread().messages(),
                shown.unread().mentions(),
                shown.last().map(this::message).orElse(null),
                conversation.createdAt(),
                conversation.updatedAt());
    }
}
