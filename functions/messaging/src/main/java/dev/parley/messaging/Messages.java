package dev.parley.messaging;

import dev.parley.contracts.messaging.ChangePage;
import dev.parley.contracts.messaging.MessageDraft;
import dev.parley.contracts.messaging.MessageEdit;
import dev.parley.contracts.messaging.MessagePage;
import dev.parley.contracts.messaging.MessageView;
import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.contracts.messaging.MessagingLimits;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Limit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writing, changing and reading messages. Whatever is done is one change of its conversation, with the next number, written whole or not
 * at all; who finds that somebody else was first looks again and decides again.
 */
public final class Messages {
    /** How long an author may take a message back. */
    static final Duration RECALLABLE = Duration.ofDays(1);

    private final Conversations conversations;
    private final Entrance entrance;
    private final Audience audience;
    private final Views views;
    private final Turns turns;
    private final Throttle throttle;
    private final SharedFiles files;
    private final InstantSource clock;

    Messages(
            Conversations conversations,
            Entrance entrance,
            Audience audience,
            Views views,
            Turns turns,
            Throttle throttle,
            SharedFiles files,
            InstantSource clock) {
        this.conversations = Objects.requireNonNull(conversations);
        this.entrance = Objects.requireNonNull(entrance);
        this.audience = Objects.requireNonNull(audience);
        this.views = Objects.requireNonNull(views);
        this.turns = Objects.requireNonNull(turns);
        this.throttle = Objects.requireNonNull(throttle);
        this.files = Objects.requireNonNull(files);
        this.clock = Objects.requireNonNull(clock);
    }

    /** @param change empty where nothing was to be changed */
    private record Done(Entrance.Entry entry, Message message, Optional<Change> change) {}

    /**
     * Sends a message; sent again under the same name, it answers the message that is there.
     *
     * @throws ApiException 400 by field, 403, 404, 409 {@code message.id_reused}, 410, 429, 503
     */
    public MessageView send(Caller caller, String conversationId, MessageDraft sent) {
        return views.message(sendOf(caller, conversationId, sent));
    }

    Message sendOf(Caller caller, String conversationId, MessageDraft sent) {
        MessageRules.Draft draft = MessageRules.draft(sent);
        throttle.check("chat#" + caller.userId(), Limit.PERSON_MESSAGES);
        Done done = turns.take(() -> trySend(caller, conversationId, draft));
        done.change().ifPresent(change -> audience.hear(done.entry(), caller, change, done.message()));
        return done.message();
    }

    private Optional<Done> trySend(Caller caller, String conversationId, MessageRules.Draft draft) {
        Entrance.Entry entry = entrance.enter(caller, conversationId);
        entry.requireWriting();
        requirePeer(entry);
        Conversation seen = entry.conversation();
        if (draft.replyTo().orElse(0) > seen.lastSeq()) {
            throw Errors.invalid("reply_to", "reply_to must be the number of a message");
        }
        requireMembers(entry, draft.mentions());
        List<Attachment> attachments = attachments(conversationId, draft.files());
        Conversation after = seen.said(now());
        Message message = new Message(
                seen.id(),
                after.lastSeq(),
                after.lastChange(),
                caller.userId(),
                caller.guest() ? Optional.of(entry.name(caller)) : Optional.empty(),
                after.updatedAt(),
                draft.text(),
                draft.clientMsgId(),
                draft.replyTo(),
                draft.mentions(),
                attachments,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        Change change = Change.of(after, ChangeKind.SENT, caller.userId(), message.seq());
        SendKey key = new SendKey(caller.userId(), draft.clientMsgId(), draft.contentHash(), message.seq());
        Conversation titled = entry.isMeeting() ? after.titled(entry.title()) : after;
        return switch (conversations.commit(
                Commit.ofMessage(seen, titled, change, message).keyed(key))) {
            case Commit.Outcome.Written written -> Optional.of(new Done(entry, message, Optional.of(change)));
            case Commit.Outcome.Conflict conflict -> Optional.empty();
            case Commit.Outcome.Repeated repeated -> {
                if (!repeated.earlier().contentHash().equals(key.contentHash())) {
                    throw MessagingErrors.REUSED_ID.about("client_msg_id");
                }
                yield Optional.of(new Done(
                        entry, existing(conversationId, repeated.earlier().seq()), Optional.empty()));
            }
        };
    }

    private List<Attachment> attachments(String conversationId, List<String> fileIds) {
        return fileIds.stream()
                .map(id -> files.find(conversationId, id).orElseThrow(MessagingErrors.ATTACHMENT::exception))
                .toList();
    }

    /** Nobody answers any more where the other's account is gone. */
    private static void requirePeer(Entrance.Entry entry) {
        if (entry.conversation().kind() == ConversationKind.DIRECT
                && entry.members().size() < 2) {
            throw MessagingErrors.PEER_GONE.exception();
        }
    }

    private static void requireMembers(Entrance.Entry entry, List<String> mentions) {
        if (!entry.isMeeting() && !entry.members().keySet().containsAll(mentions)) {
            throw Errors.invalid("mentions", "mentions must be people in the conversation");
        }
    }

    /** Changes the text of one's own message. */
    public MessageView edit(Caller caller, String conversationId, long seq, MessageEdit edit) {
        String text = MessageRules.text(edit.text());
        List<String> mentions = edit.mentions() == null ? null : MessageRules.mentions(edit.mentions());
        return change(caller, conversationId, seq, ChangeKind.EDITED, (entry, message, number) -> {
            entry.requireWriting();
            if (!message.author().equals(caller.userId())) {
                throw MessagingErrors.AUTHOR.exception();
            }
            requireStanding(message);
            List<String> wanted = mentions == null ? message.mentions() : mentions;
            if (mentions != null) {
                requireMembers(entry, mentions);
            }
            return message.text().equals(text) && message.mentions().equals(wanted)
                    ? Optional.empty()
                    : Optional.of(message.edited(number, text, wanted, now()));
        });
    }

    /** Takes a message back: one's own for a day, in a meeting that one moderates any. */
    public MessageView recall(Caller caller, String conversationId, long seq) {
        return change(caller, conversationId, seq, ChangeKind.RECALLED, (entry, message, number) -> {
            boolean own = message.author().equals(caller.userId());
            if (!own && !entry.moderates()) {
                throw MessagingErrors.AUTHOR.exception();
            }
            if (message.recalled()) {
                return Optional.empty();
            }
            if (!entry.moderates() && now().isAfter(message.at().plus(RECALLABLE))) {
                throw MessagingErrors.TOO_LATE.exception();
            }
            return Optional.of(message.recalled(number, caller.userId(), now()));
        });
    }

    /** Adds or takes away the caller's reaction; what is so already stays so. */
    public MessageView react(Caller caller, String conversationId, long seq, String emoji, boolean on) {
        String kept = MessageRules.emoji(emoji);
        return change(caller, conversationId, seq, ChangeKind.REACTED, (entry, message, number) -> {
            entry.requireWriting();
            requireStanding(message);
            List<String> users = message.reactions().getOrDefault(kept, List.of());
            if (users.contains(caller.userId()) == on) {
                return Optional.empty();
            }
            Map<String, List<String>> reactions = new LinkedHashMap<>(message.reactions());
            List<String> changed = new ArrayList<>(users);
            if (on) {
                changed.add(caller.userId());
                if (users.isEmpty() && reactions.size() >= MessagingLimits.EMOJIS
                        || changed.size() > MessagingLimits.REACTIONS) {
                    throw MessagingErrors.REACTIONS.exception();
                }
                reactions.put(kept, changed);
            } else {
                changed.remove(caller.userId());
                if (changed.isEmpty()) {
                    reactions.remove(kept);
                } else {
                    reactions.put(kept, changed);
                }
            }
            return Optional.of(message.reacted(number, reactions));
        });
    }

    /** What becomes of a message: what it shall be with this change number, or empty where it is so already. */
    private interface Deed {
        Optional<Message> on(Entrance.Entry entry, Message message, long changeNumber);
    }

    private MessageView change(Caller caller, String conversationId, long seq, ChangeKind kind, Deed deed) {
        throttle.check("chat#" + caller.userId(), Limit.PERSON_MESSAGES);
        Done done = turns.take(() -> tryChange(caller, conversationId, seq, kind, deed));
        done.change().ifPresent(change -> audience.hear(done.entry(), caller, change, done.message()));
        return views.message(done.message());
    }

    private Optional<Done> tryChange(Caller caller, String conversationId, long seq, ChangeKind kind, Deed deed) {
        Entrance.Entry entry = entrance.enter(caller, conversationId);
        Conversation seen = entry.conversation();
        Message message = existing(conversationId, seq);
        Conversation after = seen.changed(now());
        Optional<Message> changed = deed.on(entry, message, after.lastChange());
        if (changed.isEmpty()) {
            return Optional.of(new Done(entry, message, Optional.empty()));
        }
        Change change = Change.of(after, kind, caller.userId(), seq);
        return switch (conversations.commit(Commit.ofMessage(seen, after, change, changed.get()))) {
            case Commit.Outcome.Written written -> Optional.of(new Done(entry, changed.get(), Optional.of(change)));
            case Commit.Outcome.Conflict conflict -> Optional.empty();
            case Commit.Outcome.Repeated repeated -> throw new IllegalStateException("only what is sent has a name");
        };
    }

    /** Messages after or before a number, or the last ones, always in the order of their numbers. */
    public MessagePage history(
            Caller caller, String conversationId, OptionalLong afterSeq, OptionalLong beforeSeq, int limit) {
        Entrance.Entry entry = entrance.enter(caller, conversationId);
        noteReader(entry, caller);
        Conversation conversation = entry.conversation();
        List<Message> read = afterSeq.isPresent()
                ? conversations.after(conversationId, afterSeq.getAsLong(), limit + 1)
                : conversations.before(conversationId, beforeSeq.orElse(Long.MAX_VALUE), limit + 1);
        boolean more = read.size() > limit;
        List<Message> kept = more ? read.subList(0, limit) : read;
        List<Message> ordered = afterSeq.isPresent() ? kept : kept.reversed();
        // What was sent since the conversation was read is among them.
        long last = ordered.isEmpty() ? 0 : ordered.getLast().seq();
        return new MessagePage(
                views.messages(ordered), Math.max(conversation.lastSeq(), last), conversation.lastChange(), more);
    }

    /** One message. */
    public MessageView read(Caller caller, String conversationId, long seq) {
        entrance.enter(caller, conversationId);
        return views.message(existing(conversationId, seq));
    }

    /** Everything that happened in a conversation after a change. */
    public ChangePage changes(Caller caller, String conversationId, long after, int limit) {
        Entrance.Entry entry = entrance.enter(caller, conversationId);
        noteReader(entry, caller);
        Missed missed = missed(entry.conversation(), entry.title(), after, limit);
        return new ChangePage(missed.changes(), missed.lastChange(), missed.more(), missed.resync());
    }

    /**
     * What a device has missed.
     *
     * @param lastChange up to where it is told; where it must read anew, up to where the conversation has come
     */
    record Missed(List<MessagingFrame.Change> changes, long lastChange, boolean more, boolean resync) {}

    Missed missed(Conversation conversation, String title, long after, int limit) {
        if (after >= conversation.lastChange()) {
            return new Missed(List.of(), conversation.lastChange(), false, after > conversation.lastChange());
        }
        List<Change> read = conversations.changes(conversation.id(), after, limit + 1);
        for (int i = 0; i < read.size(); i++) {
            if (read.get(i).number() != after + 1 + i) {
                return new Missed(List.of(), conversation.lastChange(), false, true);
            }
        }
        if (read.isEmpty()) {
            return new Missed(List.of(), conversation.lastChange(), false, true);
        }
        boolean more = read.size() > limit;
        List<Change> kept = more ? read.subList(0, limit) : read;
        Map<Long, Message> messages = conversations.messages(
                conversation.id(),
                kept.stream()
                        .flatMap(change -> change.seq().stream().boxed())
                        .distinct()
                        .toList());
        return new Missed(views.changes(kept, messages, title), kept.getLast().number(), more, false);
    }

    /** Who reads along in a meeting takes part in it. */
    private void noteReader(Entrance.Entry entry, Caller caller) {
        if (entry.isMeeting() && entry.member().isEmpty() && !caller.guest()) {
            audience.note(
                    entry.conversation(),
                    List.of(caller.userId()),
                    entry.conversation().lastSeq());
        }
    }

    private Message existing(String conversationId, long seq) {
        return conversations.message(conversationId, seq).orElseThrow(MessagingErrors.NO_MESSAGE::exception);
    }

    private static void requireStanding(Message message) {
        if (message.recalled()) {
            throw MessagingErrors.RECALLED.exception();
        }
    }

    /** To the millisecond, as it is kept. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
