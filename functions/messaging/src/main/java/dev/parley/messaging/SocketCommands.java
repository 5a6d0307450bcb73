package dev.parley.messaging;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.contracts.messaging.MessageDraft;
import dev.parley.contracts.messaging.MessageEdit;
import dev.parley.contracts.messaging.MessageView;
import dev.parley.contracts.messaging.MessagingCommand;
import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.contracts.messaging.MessagingLimits;
import dev.parley.contracts.messaging.SyncReply;
import dev.parley.contracts.signaling.SocketProtocol;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Rate;
import dev.parley.kernel.Role;
import dev.parley.kernel.SocketTicket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** What comes about messages on the socket. Every command with an id is answered by an ack or an error with it, or by what it asked for. */
public final class SocketCommands {
    private static final int ID_CHARS = 64;
    private static final int SHORTEST_PRESENCE_SECONDS = 30;
    private static final int LONGEST_PRESENCE_SECONDS = 300;
    private static final Rate RESUMES = Rate.of(60, Duration.ofMinutes(1));

    private final Messages messages;
    private final Receipts receipts;
    private final Typing typing;
    private final Presence presence;
    private final Sync sync;
    private final Entrance entrance;
    private final Audience audience;
    private final Throttle throttle;
    private final Outlet outlet;
    private final Ids ids;

    SocketCommands(
            Messages messages,
            Receipts receipts,
            Typing typing,
            Presence presence,
            Sync sync,
            Entrance entrance,
            Audience audience,
            Throttle throttle,
            Outlet outlet,
            Ids ids) {
        this.messages = Objects.requireNonNull(messages);
        this.receipts = Objects.requireNonNull(receipts);
        this.typing = Objects.requireNonNull(typing);
        this.presence = Objects.requireNonNull(presence);
        this.sync = Objects.requireNonNull(sync);
        this.entrance = Objects.requireNonNull(entrance);
        this.audience = Objects.requireNonNull(audience);
        this.throttle = Objects.requireNonNull(throttle);
        this.outlet = Objects.requireNonNull(outlet);
        this.ids = Objects.requireNonNull(ids);
    }

    /** Takes one frame. A refusal is sent to the socket, not thrown; a store that does not answer is a refusal too. */
    public void frame(String connectionId, SocketTicket holder, String text) {
        String id = null;
        try {
            MessagingCommand command = read(text);
            id = command.id();
            if (holder.role() == Role.DEVICE) {
                // A device that signs in by itself is in no conversation.
                throw MessagingErrors.TYPE.about("type");
            }
            answer(Caller.of(holder, connectionId), connectionId, command);
        } catch (ApiException e) {
            Object field = e.details().get("field");
            send(
                    connectionId,
                    new MessagingFrame.Failed(e.code(), e.getMessage(), field == null ? null : field.toString(), id));
        }
    }

    private void answer(Caller caller, String connectionId, MessagingCommand command) {
        Optional<MessagingFrame> answer = switch (command.type()) {
            case "message" -> message(caller, command);
            case "chat" -> chat(caller, connectionId, command);
            case "receipt" -> receipt(caller, command);
            case "typing" -> {
                typing.note(caller, needed(command.conversationId(), "conversation_id"), needed(command.on(), "on"));
                yield acknowledged(command, null, null);
            }
            case "presence" -> presence(caller, command);
            case "resume" -> resume(caller, connectionId, command);
            default -> throw MessagingErrors.TYPE.about("type");
        };
        answer.ifPresent(frame -> send(connectionId, frame));
    }

    private Optional<MessagingFrame> message(Caller caller, MessagingCommand command) {
        String conversation = needed(command.conversationId(), "conversation_id");
        String act = command.act() == null ? "send" : command.act();
        MessageView done = switch (act) {
            case "send" -> messages.send(caller, conversation, draft(command, command.clientMsgId()));
            case "edit" ->
                messages.edit(caller, conversation, seq(command), new MessageEdit(command.text(), command.mentions()));
            case "recall" -> messages.recall(caller, conversation, seq(command));
            case "react" -> messages.react(caller, conversation, seq(command), command.emoji(), true);
            case "unreact" -> messages.react(caller, conversation, seq(command), command.emoji(), false);
            default -> throw MessagingErrors.FIELD.about("act");
        };
        return acknowledged(command, done.seq(), done.change());
    }

    /** What is said in a meeting's room, or in the breakout that its speaker is in: by a socket that is in it. */
    private Optional<MessagingFrame> chat(Caller caller, String connectionId, MessagingCommand command) {
        String meetingId = room(caller, command);
        String conversation = entrance.conversationOf(caller, meetingId);
        if (command.conversationId() != null && !command.conversationId().equals(conversation)) {
            // It was written in another room, which its speaker has left since.
            throw MessagingErrors.NOT_PARTICIPANT.exception();
        }
        Entrance.Entry entry = meeting(caller, conversation);
        boolean here = audience.listeners(entry).stream()
                .anyMatch(listener -> listener.connectionId().equals(connectionId));
        if (!here) {
            throw MessagingErrors.NOT_JOINED.exception();
        }
        String name = command.clientMsgId() == null ? ids.opaque("k_") : command.clientMsgId();
        MessageView done = messages.send(caller, conversation, draft(command, name));
        return acknowledged(command, done.seq(), done.change());
    }

    /** A meeting's conversation; to whom there is none, it is as signaling says it of the room. */
    private Entrance.Entry meeting(Caller caller, String conversation) {
        try {
            Entrance.Entry entry = entrance.enter(caller, conversation);
            entry.requireWriting();
            return entry;
        } catch (ApiException e) {
            throw e.error() == MessagingErrors.NO_CONVERSATION ? MessagingErrors.NOT_PARTICIPANT.exception() : e;
        }
    }

    private static String room(Caller caller, MessagingCommand command) {
        String named = command.roomId();
        if (named == null) {
            return caller.meetingId().orElseThrow(() -> MessagingErrors.FIELD.about("room_id"));
        }
        if (caller.meetingId().filter(room -> !room.equals(named)).isPresent()) {
            throw MessagingErrors.ROOM.about("room_id");
        }
        if (!Ids.isMeeting(named)) {
            throw MessagingErrors.FIELD.about("room_id");
        }
        return named;
    }

    private static MessageDraft draft(MessagingCommand command, String clientMsgId) {
        return new MessageDraft(
                clientMsgId, command.text(), command.replyTo(), command.mentions(), command.attachments());
    }

    private Optional<MessagingFrame> receipt(Caller caller, MessagingCommand command) {
        String conversation = needed(command.conversationId(), "conversation_id");
        OptionalLong delivered = number(command.delivered(), "delivered");
        OptionalLong read = number(command.read(), "read");
        if (delivered.isEmpty() && read.isEmpty()) {
            throw MessagingErrors.FIELD.about("read");
        }
        receipts.mark(caller, conversation, delivered, read);
        return acknowledged(command, null, null);
    }

    private Optional<MessagingFrame> presence(Caller caller, MessagingCommand command) {
        if (caller.guest()) {
            throw MessagingErrors.TYPE.about("type");
        }
        PresenceState state =
                PresenceState.find(command.state()).orElseThrow(() -> MessagingErrors.FIELD.about("state"));
        String device = command.device() == null ? caller.sessionId() : command.device();
        if (device.isBlank() || device.length() > ID_CHARS || device.startsWith("#")) {
            throw MessagingErrors.FIELD.about("device");
        }
        Optional<Integer> every = Optional.ofNullable(command.every());
        if (every.filter(seconds -> seconds < SHORTEST_PRESENCE_SECONDS || seconds > LONGEST_PRESENCE_SECONDS)
                .isPresent()) {
            throw MessagingErrors.FIELD.about("every");
        }
        boolean watch = Boolean.TRUE.equals(command.watch());
        List<MessagingFrame.State> people = presence.note(caller, device, state, every.map(Duration::ofSeconds), watch);
        return watch
                ? Optional.of(new MessagingFrame.Presence(command.id(), people, null))
                : acknowledged(command, null, null);
    }

    /** Sends what was missed, each thing as the frame it was, and then up to where that is. */
    private Optional<MessagingFrame> resume(Caller caller, String connectionId, MessagingCommand command) {
        if (command.since() != null) {
            if (caller.guest()) {
                throw MessagingErrors.FIELD.about("since");
            }
            SyncReply reply = sync.since(caller, Optional.of(command.since()));
            reply.changes().forEach(change -> send(connectionId, change));
            Map<String, Long> upTo = new HashMap<>();
            reply.changes().forEach(change -> upTo.merge(change.conversationId(), change.change(), Math::max));
            return Optional.of(new MessagingFrame.Resumed(
                    command.id(), upTo, List.of(), reply.reload(), reply.resync() ? null : reply.since()));
        }
        throttle.check("resume#" + caller.userId(), RESUMES);
        Map<String, Long> streams = needed(command.streams(), "streams");
        if (streams.size() > MessagingLimits.STREAMS
                || streams.entrySet().stream().anyMatch(stream -> stream.getValue() == null || stream.getValue() < 0)) {
            throw MessagingErrors.FIELD.about("streams");
        }
        return Optional.of(streams(caller, connectionId, command, streams));
    }

    private MessagingFrame streams(
            Caller caller, String connectionId, MessagingCommand command, Map<String, Long> streams) {
        Map<String, Long> upTo = new HashMap<>();
        List<String> more = new ArrayList<>();
        List<String> resync = new ArrayList<>();
        int left = MessagingLimits.CHANGES;
        for (Map.Entry<String, Long> stream : streams.entrySet()) {
            if (left == 0) {
                more.add(stream.getKey());
                continue;
            }
            Optional<Entrance.Entry> entry = entry(caller, stream.getKey());
            if (entry.isEmpty()) {
                resync.add(stream.getKey());
                continue;
            }
            Messages.Missed missed =
                    messages.missed(entry.get().conversation(), entry.get().title(), stream.getValue(), left);
            missed.changes().forEach(change -> send(connectionId, change));
            left -= missed.changes().size();
            upTo.put(stream.getKey(), missed.lastChange());
            if (missed.resync()) {
                resync.add(stream.getKey());
            } else if (missed.more()) {
                more.add(stream.getKey());
            }
        }
        return new MessagingFrame.Resumed(command.id(), upTo, more, resync, null);
    }

    /** Somebody may name a conversation that they are not in any more. */
    private Optional<Entrance.Entry> entry(Caller caller, String id) {
        try {
            return Optional.of(entrance.enter(caller, id));
        } catch (ApiException e) {
            if (e.status() >= 500) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Optional<MessagingFrame> acknowledged(MessagingCommand command, Long seq, Long change) {
        return Optional.ofNullable(command.id()).map(id -> new MessagingFrame.Ack(id, seq, change));
    }

    private static long seq(MessagingCommand command) {
        return number(needed(command.seq(), "seq"), "seq").orElseThrow();
    }

    private static OptionalLong number(Long value, String field) {
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value < 1) {
            throw MessagingErrors.FIELD.about(field);
        }
        return OptionalLong.of(value);
    }

    private static <T> T needed(T value, String field) {
        if (value == null) {
            throw MessagingErrors.FIELD.about(field);
        }
        return value;
    }

    /** A message that fits no frame is sent without it; the reader asks for it. */
    private void send(String connectionId, MessagingFrame frame) {
        outlet.send(connectionId, FanOut.text(frame));
    }

    private static MessagingCommand read(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > SocketProtocol.MAX_FRAME_BYTES) {
            throw MessagingErrors.TOO_LARGE.exception();
        }
        try {
            MessagingCommand command = Wire.read(text, MessagingCommand.class);
            if (command.type() == null) {
                throw MessagingErrors.UNREADABLE.exception();
            }
            if (command.id() != null && command.id().length() > ID_CHARS) {
                throw MessagingErrors.FIELD.about("id");
            }
            return command;
        } catch (WireException e) {
            throw e.field().isEmpty() ? MessagingErrors.UNREADABLE.exception() : MessagingErrors.FIELD.about(e.field());
        }
    }
}
