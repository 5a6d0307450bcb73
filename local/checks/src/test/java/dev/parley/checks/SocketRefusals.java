package dev.parley.checks;

import static dev.parley.checks.Refusals.json;
import static dev.parley.checks.Refusals.ok;

import dev.parley.contracts.Wire;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What is refused of the WebSocket's commands. */
final class SocketRefusals {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ROOM = "room_id";
    private static final String CONVERSATION = "conversation_id";
    /** More than any rate lets through. */
    private static final int TRIES = 200;

    /** What each command needs that speaks in a room. */
    private static final Map<String, Map<String, Object>> TALK = Map.of(
            "room-info", Map.of(),
            "screen-share", Map.of("on", true),
            "offer", Map.of("target", "u_1", "sdp", "v=0"),
            "answer", Map.of("target", "u_1", "sdp", "v=0"),
            "candidate", Map.of("target", "u_1", "candidate", Map.of("candidate", "x")),
            "media-control", Map.of("target", "u_1", "control", Map.of("x", 1)));

    private final Refusals refusals;
    private final People people;
    private final Http http;
    private final Set<String> met = new ConcurrentSkipListSet<>();

    SocketRefusals(Refusals refusals, People people) {
        this.refusals = refusals;
        this.people = people;
        this.http = people.http;
    }

    /** {@code command code}. */
    Set<String> met() {
        return met;
    }

    /**
     * @param stage a meeting that goes on, from which {@code removed} was removed
     * @param before what was made of the group and its messages
     */
    void walk(String stage, String removed, MessageRefusals before) {
        String ended = people.liveMeeting(people.ana, json("title", "Before"));
        ok(http, "POST /meetings/" + ended + "/join", people.bo, "{}");
        ok(
                http,
                "POST /conversations/m_" + ended + "/messages",
                people.bo,
                json("client_msg_id", "k", "text", "Hello"));
        ok(http, "POST /meetings/" + ended + "/end", people.ana, null);
        rooms(stage, removed, ended);
        talk(stage, removed, ended);
        messages(stage, removed, ended, before);
        chats(stage, removed, ended);
        reading(stage, removed);
    }

    /** A command, and what becomes of it. */
    private void refuse(String code, Socket socket, String type, Map<String, Object> members) {
        Map<String, Object> frame = new LinkedHashMap<>(Map.of("type", type));
        frame.put("id", "c");
        frame.putAll(members);
        socket.say(Wire.write(frame));
        Optional<JsonNode> error =
                socket.first(answer -> answer.path("type").asString().equals("error"), PATIENCE);
        String was = error.map(answer -> answer.path("code").asString()).orElse("nothing");
        met.add(type + " " + was);
        if (!was.equals(code)) {
            refusals.surprises().add("%s: %s in place of %s".formatted(Wire.write(frame), was, code));
        }
    }

    private static Map<String, Object> and(Map<String, Object> members, String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(members);
        all.put(name, value);
        return all;
    }

    private void rooms(String stage, String removed, String ended) {
        try (Socket bo = Socket.open(http, people.bo);
                Socket bound = Socket.open(http, people.bo, json("meeting_id", people.meeting));
                Socket cleo = Socket.open(http, people.cleo);
                Socket fay = Socket.open(http, removed)) {
            refuse("signal.field", bo, "ping", Map.of("id", "x".repeat(65)));
            for (String type : List.of("join", "leave")) {
                refuse("signal.field", bo, type, Map.of(ROOM, "nowhere"));
                refuse("signal.room", bound, type, Map.of(ROOM, stage));
            }
            refuse("signal.user", bo, "join", Map.of(ROOM, people.meeting, "user_id", people.anaId));
            refuse("meeting.ended", bo, "join", Map.of(ROOM, ended));
            refuse("signal.not_participant", cleo, "join", Map.of(ROOM, people.meeting));
            refuse("meeting.banned", fay, "join", Map.of(ROOM, stage));
        }
    }

    private void talk(String stage, String removed, String ended) {
        try (Socket bo = Socket.open(http, people.bo);
                Socket bound = Socket.open(http, people.bo, json("meeting_id", people.meeting));
                Socket in = Socket.open(http, people.bo)) {
            in.say(json("type", "join", "id", "j", ROOM, people.meeting));
            in.await("room-info");
            TALK.forEach((type, members) -> {
                refuse("signal.field", bo, type, and(members, ROOM, "nowhere"));
                refuse("signal.room", bound, type, and(members, ROOM, stage));
                refuse("meeting.ended", bo, type, and(members, ROOM, ended));
                refuse("signal.not_joined", bo, type, and(members, ROOM, people.meeting));
                try (Socket fay = Socket.open(http, removed)) {
                    refuse("meeting.banned", fay, type, and(members, ROOM, stage));
                }
                if (members.containsKey("target")) {
                    refuse("signal.target", in, type, and(members, ROOM, people.meeting));
                }
            });
            for (String type : List.of("offer", "answer", "candidate")) {
                refuse("signal.use_rest", in, type, and(TALK.get(type), "target", "sfu"));
            }
            for (String type : List.of("offer", "answer")) {
                refuse("signal.too_large", in, type, and(TALK.get(type), "sdp", "x".repeat(31_000)));
            }
            String role = "POST /meetings/" + people.meeting + "/participants/" + people.boId + "/role";
            ok(http, role, people.ana, json("role", "viewer"));
            refuse("signal.role", in, "screen-share", Map.of(ROOM, people.meeting, "on", true));
            refuse("signal.role", in, "chat", Map.of(ROOM, people.meeting, "text", "Hello", "client_msg_id", "viewer"));
            refuse("signal.role", in, "message", said("m_" + people.meeting, "viewer"));
            refuse("signal.role", in, "typing", typing("m_" + people.meeting));
            ok(http, role, people.ana, json("role", "participant"));
        }
    }

    private static Map<String, Object> said(String conversation, String name) {
        return Map.of(CONVERSATION, conversation, "client_msg_id", name, "text", "Hello");
    }

    private static Map<String, Object> typing(String conversation) {
        return Map.of(CONVERSATION, conversation, "on", true);
    }

    private void messages(String stage, String removed, String ended, MessageRefusals before) {
        try (Socket ana = Socket.open(http, people.ana);
                Socket bo = Socket.open(http, people.bo);
                Socket fay = Socket.open(http, removed)) {
            Map<String, Object> group = said(people.group, "first");
            refuse("signal.field", ana, "message", Map.of("text", "Hello"));
            refuse("request.invalid", ana, "message", and(group, "text", ""));
            refuse("message.id_reused", ana, "message", and(group, "text", "Something else"));
            refuse(
                    "message.attachment",
                    ana,
                    "message",
                    and(said(people.group, "with"), "attachments", List.of(Map.of("file_id", "f_none"))));
            refuse("conversation.not_found", ana, "message", said("c_none", "none"));
            refuse("meeting.banned", fay, "message", said("m_" + stage, "removed"));
            refuse("meeting.ended", bo, "message", said("m_" + ended, "late"));
            Map<String, Object> edit = and(and(group, "act", "edit"), "text", "Other");
            refuse("message.not_found", ana, "message", and(edit, "seq", 99));
            refuse("message.author", bo, "message", and(edit, "seq", 1));
            refuse(
                    "message.too_late",
                    ana,
                    "message",
                    and(and(group, "act", "recall"), "seq", Long.parseLong(before.old())));
            refuse("conversation.peer_gone", ana, "message", said(before.gone(), "anybody"));
            long recalled = ok(
                            http,
                            "POST /conversations/" + people.group + "/messages",
                            people.ana,
                            json("client_msg_id", "taken back", "text", "Hello"))
                    .path("seq")
                    .asLong();
            ok(http, "DELETE /conversations/" + people.group + "/messages/" + recalled, people.ana, null);
            refuse("message.recalled", ana, "message", and(edit, "seq", recalled));
            refuse("message.reactions", ana, "message", and(and(and(group, "act", "react"), "seq", 1), "emoji", "9"));
        }
    }

    private void chats(String stage, String removed, String ended) {
        String quiet = people.liveMeeting(people.ana, json("title", "Quiet"));
        ok(http, "POST /meetings/" + quiet + "/join", people.bo, "{}");
        Map<String, Object> chat = Map.of("text", "Hello", "client_msg_id", "chat");
        try (Socket bo = Socket.open(http, people.bo);
                Socket bound = Socket.open(http, people.bo, json("meeting_id", people.meeting));
                Socket cleo = Socket.open(http, people.cleo);
                Socket fay = Socket.open(http, removed);
                Socket in = Socket.open(http, people.bo)) {
            refuse("signal.field", bo, "chat", and(chat, ROOM, "nowhere"));
            refuse("signal.room", bound, "chat", and(chat, ROOM, stage));
            refuse("meeting.ended", bo, "chat", and(chat, ROOM, ended));
            refuse("signal.not_joined", bo, "chat", and(chat, ROOM, people.meeting));
            refuse("signal.not_participant", cleo, "chat", and(chat, ROOM, people.meeting));
            refuse("meeting.banned", fay, "chat", and(chat, ROOM, stage));
            in.say(json("type", "join", "id", "j", ROOM, quiet));
            in.await("room-info");
            refuse("request.invalid", in, "chat", Map.of(ROOM, quiet, "client_msg_id", "e", "text", ""));
            in.say(json("type", "chat", "id", "said", ROOM, quiet, "client_msg_id", "chat", "text", "Hello"));
            in.answer("said", PATIENCE);
            refuse("message.id_reused", in, "chat", Map.of(ROOM, quiet, "client_msg_id", "chat", "text", "Other"));
            refuse(
                    "message.attachment",
                    in,
                    "chat",
                    Map.of(ROOM, quiet, "client_msg_id", "f", "attachments", List.of(Map.of("file_id", "f_none"))));
            ok(http, "PUT /meetings/" + quiet, people.ana, json("settings", Map.of("enable_chat", false)));
            refuse("signal.chat_off", in, "chat", and(chat, ROOM, quiet));
            refuse("signal.chat_off", in, "message", said("m_" + quiet, "off"));
            refuse("signal.chat_off", in, "typing", typing("m_" + quiet));
            ok(http, "POST /meetings/" + quiet + "/leave", people.bo, null);
            refuse("signal.not_participant", bo, "message", said("m_" + quiet, "gone"));
            refuse("signal.not_participant", bo, "typing", typing("m_" + quiet));
            refuse("meeting.ended", bo, "typing", typing("m_" + ended));
        }
    }

    private void reading(String stage, String removed) {
        try (Socket ana = Socket.open(http, people.ana);
                Socket gus = Socket.open(http, people.gus);
                Socket fay = Socket.open(http, removed)) {
            refuse("signal.field", ana, "receipt", Map.of(CONVERSATION, people.group));
            refuse("conversation.not_found", ana, "receipt", Map.of(CONVERSATION, "c_none", "read", 1));
            refuse("meeting.banned", fay, "receipt", Map.of(CONVERSATION, "m_" + stage, "read", 1));
            refuse("signal.field", ana, "typing", Map.of(CONVERSATION, people.group));
            refuse("conversation.not_found", ana, "typing", typing("c_none"));
            refuse("meeting.banned", fay, "typing", typing("m_" + stage));
            refuse("signal.field", ana, "presence", Map.of("state", "dreaming"));
            refuse("signal.type", gus, "presence", Map.of("state", "online"));
            refuse("signal.field", ana, "resume", Map.of());
        }
    }

    /** What is refused while others are always faster, and while the tables take nothing: each on a socket of its own, for each waits. */
    void faults(RunningSystem system) {
        String room = people.liveMeeting(people.ana, json("title", "Bad day"));
        Map<String, Map<String, Object>> away = new LinkedHashMap<>();
        away.put("join", Map.of(ROOM, room));
        away.put("leave", Map.of(ROOM, room));
        TALK.forEach((type, members) -> away.put(type, and(members, ROOM, room)));
        away.put("message", said(people.group, "away"));
        away.put("chat", Map.of(ROOM, room, "client_msg_id", "away", "text", "Hello"));
        away.put("receipt", Map.of(CONVERSATION, people.group, "read", 1));
        away.put("typing", typing(people.group));
        away.put("presence", Map.of("state", "online"));
        away.put("resume", Map.of("streams", Map.of(people.group, 0)));
        Map<String, Object> chat = Map.of(ROOM, room, "client_msg_id", "busy", "text", "Hello");
        Map<String, Socket> sockets = new HashMap<>();
        try {
            away.keySet().forEach(type -> sockets.put(type, in(room)));
            system.tableFaults("overtaken");
            refusals.waiting(Stream.of(
                    () -> refuse("conversation.busy", sockets.get("message"), "message", said(people.group, "busy")),
                    () -> refuse("conversation.busy", sockets.get("chat"), "chat", chat)));
            system.tableFaults("throttle");
            refusals.waiting(away.entrySet().stream()
                    .map(one -> () ->
                            refuse("store.unavailable", sockets.get(one.getKey()), one.getKey(), one.getValue())));
        } finally {
            system.tableFaults("");
            sockets.values().forEach(Socket::close);
        }
    }

    /** A socket of Ana's that is in a room. */
    private Socket in(String room) {
        Socket socket = Socket.open(http, people.ana);
        socket.say(json("type", "join", "id", "j", ROOM, room));
        socket.await("room-info");
        return socket;
    }

    /** What is refused of who says too much. */
    void limits() {
        try (Socket ana = in(people.meeting)) {
            often(ana, "message", said(people.group, "often"));
            often(ana, "chat", Map.of(ROOM, people.meeting, "client_msg_id", "often", "text", "Hello"));
            often(ana, "receipt", Map.of(CONVERSATION, people.group, "read", 1));
            often(ana, "resume", Map.of("streams", Map.of(people.group, 0)));
        }
    }

    private void often(Socket socket, String type, Map<String, Object> members) {
        for (int i = 0; i < TRIES && !met.contains(type + " rate.limited"); i++) {
            socket.say(Wire.write(and(and(members, "type", type), "id", "n" + i)));
            socket.answer("n" + i, PATIENCE)
                    .filter(answer -> answer.path("type").asString().equals("error"))
                    .ifPresent(error -> met.add(type + " " + error.path("code").asString()));
        }
    }
}
