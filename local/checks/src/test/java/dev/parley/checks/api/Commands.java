package dev.parley.checks.api;

import dev.parley.kernel.ErrorCode;
import dev.parley.kernel.Errors;
import dev.parley.messaging.MessagingErrors;
import dev.parley.signaling.SignalErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each command of the WebSocket is refused for: with an {@code error} frame of the command's {@code id}. */
public final class Commands {
    private static final ErrorCode[] OF_TALKERS = {
        SignalErrors.FIELD, SignalErrors.ROOM, SignalErrors.NOT_ACTIVE, SignalErrors.BANNED, SignalErrors.NOT_JOINED
    };
    private static final ErrorCode[] OF_WRITERS = {
        MessagingErrors.FIELD,
        Errors.REQUEST_INVALID,
        Errors.RATE_LIMITED,
        MessagingErrors.BANNED,
        MessagingErrors.NOT_PARTICIPANT,
        MessagingErrors.NOT_ACTIVE,
        MessagingErrors.CHAT_OFF,
        MessagingErrors.ROLE,
        MessagingErrors.ATTACHMENT,
        MessagingErrors.REUSED_ID,
        MessagingErrors.BUSY
    };

    private final Map<String, List<ErrorCode>> all = new LinkedHashMap<>();

    public Commands() {
        add("ping", SignalErrors.FIELD);
        add(
                "join",
                SignalErrors.FIELD,
                SignalErrors.USER,
                SignalErrors.ROOM,
                SignalErrors.NOT_ACTIVE,
                SignalErrors.BANNED,
                SignalErrors.NOT_PARTICIPANT);
        add("leave", SignalErrors.FIELD, SignalErrors.ROOM);
        add("room-info", OF_TALKERS);
        add("screen-share", OF_TALKERS);
        add("screen-share", SignalErrors.ROLE);
        for (String type : List.of("offer", "answer", "candidate")) {
            add(type, OF_TALKERS);
            add(type, SignalErrors.USE_REST, SignalErrors.TARGET);
        }
        add("offer", SignalErrors.TOO_LARGE);
        add("answer", SignalErrors.TOO_LARGE);
        add("media-control", OF_TALKERS);
        add("media-control", SignalErrors.TARGET);
        add("message", OF_WRITERS);
        add(
                "message",
                MessagingErrors.NO_CONVERSATION,
                MessagingErrors.PEER_GONE,
                MessagingErrors.NO_MESSAGE,
                MessagingErrors.AUTHOR,
                MessagingErrors.RECALLED,
                MessagingErrors.TOO_LATE,
                MessagingErrors.REACTIONS);
        add("chat", OF_WRITERS);
        add("chat", MessagingErrors.ROOM, MessagingErrors.NOT_JOINED);
        add(
                "receipt",
                MessagingErrors.FIELD,
                MessagingErrors.NO_CONVERSATION,
                MessagingErrors.BANNED,
                Errors.RATE_LIMITED);
        add(
                "typing",
                MessagingErrors.FIELD,
                MessagingErrors.NO_CONVERSATION,
                MessagingErrors.BANNED,
                MessagingErrors.NOT_PARTICIPANT,
                MessagingErrors.NOT_ACTIVE,
                MessagingErrors.CHAT_OFF,
                MessagingErrors.ROLE);
        add("presence", MessagingErrors.FIELD, MessagingErrors.TYPE);
        add("resume", MessagingErrors.FIELD, Errors.RATE_LIMITED);
        all.values().forEach(codes -> codes.add(Errors.STORE_UNAVAILABLE));
        all.get("ping").remove(Errors.STORE_UNAVAILABLE);
    }

    private void add(String command, ErrorCode... codes) {
        all.computeIfAbsent(command, name -> new ArrayList<>()).addAll(List.of(codes));
    }

    /** @throws IllegalArgumentException when nothing is said of the command */
    public List<ErrorCode> of(String command) {
        List<ErrorCode> codes = all.get(command);
        if (codes == null) {
            throw new IllegalArgumentException("Commands says nothing of " + command);
        }
        return codes;
    }

    public Map<String, List<ErrorCode>> all() {
        return all;
    }
}
