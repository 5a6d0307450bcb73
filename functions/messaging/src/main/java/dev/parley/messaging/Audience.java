package dev.parley.messaging;

import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.kernel.ApiException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who hears what happens in a conversation: everybody in it on every device, or everybody in the meeting's room. Whoever hears a meeting's
 * chat with an account is noted as somebody who took part, and whoever was removed as somebody who reads no more of it. Thread-safe.
 */
final class Audience {
    private static final int KEPT = 8_192;

    private final Conversations conversations;
    private final Rooms rooms;
    private final Meetings meetings;
    private final Told told;
    private final Views views;
    private final InstantSource clock;
    /** Whom of a meeting this process has noted already. */
    private final Set<String> noted = Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KEPT;
        }
    }));

    Audience(Conversations conversations, Rooms rooms, Meetings meetings, Told told, Views views, InstantSource clock) {
        this.conversations = Objects.requireNonNull(conversations);
        this.rooms = Objects.requireNonNull(rooms);
        this.meetings = Objects.requireNonNull(meetings);
        this.told = Objects.requireNonNull(told);
        this.views = Objects.requireNonNull(views);
        this.clock = Objects.requireNonNull(clock);
    }

    /** The sockets in the room of a conversation, the main one or a breakout, without those of people who were removed. */
    List<Rooms.Listener> listeners(Entrance.Entry entry) {
        String meetingId = ConversationIds.meetingOf(entry.conversation().id()).orElseThrow();
        Optional<String> room = ConversationIds.breakoutOf(entry.conversation().id());
        Meetings.Breakouts breakouts = meetings.breakouts(meetingId);
        return rooms.listeners(meetingId).stream()
                .filter(one -> breakouts.placeOf(one.userId()).equals(room))
                .filter(one -> entry.live()
                        .filter(meeting -> meeting.denies(one.userId(), one.guestKey()))
                        .isEmpty())
                .toList();
    }

    /** Tells a change of a message. What fails here is found later, by its number. */
    void hear(Entrance.Entry entry, Caller caller, Change change, Message message) {
        if (entry.isMeeting()) {
            hearInMeeting(entry, caller, change, message);
        } else {
            told.people(
                    entry.members().keySet(),
                    caller.connectionId(),
                    views.changes(List.of(change), Map.of(message.seq(), message), entry.title())
                            .getFirst());
        }
    }

    private void hearInMeeting(Entrance.Entry entry, Caller caller, Change change, Message message) {
        try {
            List<Rooms.Listener> listeners = listeners(entry);
            List<String> others = listeners.stream()
                    .map(Rooms.Listener::connectionId)
                    .filter(id -> caller.connectionId().filter(id::equals).isEmpty())
                    .toList();
            told.sockets(others, inMeeting(entry, caller, change, message));
            note(entry, caller, message.seq(), listeners);
        } catch (ApiException e) {
            // It is kept already; who is in the room finds it by its number.
            return;
        }
    }

    private MessagingFrame inMeeting(Entrance.Entry entry, Caller caller, Change change, Message message) {
        if (change.kind() != ChangeKind.SENT) {
            return views.changes(List.of(change), Map.of(message.seq(), message), entry.title())
                    .getFirst();
        }
        return new MessagingFrame.Chat(
                ConversationIds.meetingOf(entry.conversation().id()).orElseThrow(),
                message.author(),
                entry.name(caller),
                message.text(),
                message.clientMsgId(),
                message.at(),
                message.seq(),
                message.conversationId(),
                message.change(),
                message.replyTo().isPresent() ? message.replyTo().getAsLong() : null,
                message.mentions().isEmpty() ? null : message.mentions(),
                message.attachments().isEmpty() ? null : Views.attachments(message));
    }

    private void note(Entrance.Entry entry, Caller caller, long seq, List<Rooms.Listener> listeners) {
        Set<String> present = new LinkedHashSet<>();
        listeners.forEach(one -> present.add(one.userId()));
        present.add(caller.userId());
        // What was written before they heard anything is not unread; this message is.
        note(entry.conversation(), present, seq - 1);
        entry.live()
                .ifPresent(meeting -> meeting.denied().stream()
                        .filter(denied -> denied.startsWith("u_"))
                        .filter(denied ->
                                !noted.contains("barred " + entry.conversation().id() + " " + denied))
                        .forEach(denied -> {
                            conversations.bar(entry.conversation().id(), denied);
                            noted.add("barred " + entry.conversation().id() + " " + denied);
                        }));
    }

    /** Notes people with an account who take part in a meeting. @param readSeq up to where nothing is unread */
    void note(Conversation conversation, Collection<String> userIds, long readSeq) {
        List<Member> fresh = userIds.stream()
                .filter(userId -> userId.startsWith("u_") && !noted.contains(mark(conversation, userId)))
                .map(userId -> new Member(conversation.id(), userId, false, clock.instant(), readSeq, readSeq, false))
                .toList();
        if (!fresh.isEmpty()) {
            conversations.admit(fresh);
            fresh.forEach(member -> noted.add(mark(conversation, member.userId())));
        }
    }

    private static String mark(Conversation conversation, String userId) {
        return conversation.id() + " " + userId;
    }

    /** Tells a change of a conversation or of the people in it. @param users who hear it */
    void hearOf(Set<String> users, Optional<String> except, Change change, String title) {
        told.people(
                users, except, views.changes(List.of(change), Map.of(), title).getFirst());
    }
}
