package dev.parley.checks.api;

import static dev.parley.checks.api.Schemas.ordered;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.parley.contracts.files.FileFrame;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.messaging.MessagingCommand;
import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.contracts.notifications.NotificationFrame;
import dev.parley.contracts.signaling.ClientFrame;
import dev.parley.contracts.signaling.ServerFrame;
import dev.parley.contracts.signaling.SocketProtocol;
import dev.parley.kernel.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The WebSocket and the data channel as an AsyncAPI 3.0 document. */
final class AsyncApi {
    private static final List<String> ROOM_COMMANDS = List.of(
            "join", "leave", "room-info", "offer", "answer", "candidate", "screen-share", "media-control", "ping");
    private static final List<String> MESSAGE_COMMANDS =
            List.of("message", "chat", "receipt", "typing", "presence", "resume");
    /** What clients say on the data channel; what nodes say is everything but the first two. */
    private static final Set<String> CLIENTS_ALONE = Set.of("want", "mute");

    private static final Set<String> BOTH = Set.of("quality", "act", "ping", "pong");

    private final Schemas schemas;
    private final Commands refusals = new Commands();

    AsyncApi(Schemas schemas) {
        this.schemas = schemas;
    }

    /** What clients may send on the socket, by {@code type}. */
    static List<String> messageCommands() {
        return MESSAGE_COMMANDS;
    }

    Map<String, Object> document() {
        Map<String, Object> messages = new TreeMap<>();
        Map<String, Object> commands = new LinkedHashMap<>();
        ROOM_COMMANDS.forEach(type -> commands.put("command." + type, command(messages, ClientFrame.class, type)));
        MESSAGE_COMMANDS.forEach(
                type -> commands.put("command." + type, command(messages, MessagingCommand.class, type)));
        Map<String, Object> frames = new LinkedHashMap<>();
        frames(messages, frames, "frame.", ServerFrame.class);
        frames(messages, frames, "message.", MessagingFrame.class);
        frames(messages, frames, "file.", FileFrame.class);
        frames(messages, frames, "notification.", NotificationFrame.class);
        Map<String, Object> said = new LinkedHashMap<>();
        frames(messages, said, "channel.", ChannelMessage.class);

        Map<String, Object> socketMessages = new LinkedHashMap<>(commands);
        socketMessages.putAll(frames);
        return ordered(
                "asyncapi", "3.0.0",
                "info",
                        ordered(
                                "title", "Parley",
                                "version", "1",
                                "description",
                                        "What is said on the WebSocket and on a media session's data channel. Both sides pass over what they do not know. Refusals carry the same stable codes as in openapi.yaml: those of a command stand with it, as `x-errors` too. A frame that is no command is refused with `signal.unreadable`, `signal.type` or `signal.too_large`; API Gateway itself ends a socket that sends more than 32 KB at once.",
                                "license", ordered("name", "Apache 2.0")),
                "defaultContentType", "application/json",
                "servers",
                        ordered(
                                "local",
                                ordered(
                                        "host", "localhost:8800",
                                        "protocol", "ws",
                                        "description", "local/up")),
                "channels",
                        ordered(
                                "socket",
                                        ordered(
                                                "address",
                                                "/ws/signaling",
                                                "title",
                                                "The WebSocket",
                                                "description",
                                                "Opened with the subprotocols `%s` and `%s<ticket of POST /api/v1/ws-tickets>`. A frame has %d bytes at most. Frames come in no order: `seq` and `change` are the order. A connection without a frame for ten minutes ends, and each ends after two hours."
                                                        .formatted(
                                                                SocketProtocol.NAME,
                                                                SocketProtocol.TICKET_PREFIX,
                                                                SocketProtocol.MAX_FRAME_BYTES),
                                                "messages",
                                                socketMessages),
                                "channel",
                                        ordered(
                                                "address",
                                                "parley",
                                                "title",
                                                "The data channel",
                                                "description",
                                                "Negotiated with id 0, ordered and reliable; a message has %d bytes at most."
                                                        .formatted(ChannelMessage.MAX_BYTES),
                                                "messages",
                                                said)),
                "operations",
                        ordered(
                                "command", operation("receive", "socket", "Clients command.", commands.keySet()),
                                "tell", operation("send", "socket", "The server tells.", frames.keySet()),
                                "want",
                                        operation(
                                                "receive",
                                                "channel",
                                                "Clients say.",
                                                said.keySet().stream()
                                                        .filter(name -> CLIENTS_ALONE.contains(kind(name))
                                                                || BOTH.contains(kind(name)))
                                                        .toList()),
                                "show",
                                        operation(
                                                "send",
                                                "channel",
                                                "Nodes say.",
                                                said.keySet().stream()
                                                        .filter(name -> !CLIENTS_ALONE.contains(kind(name)))
                                                        .toList())),
                "components", ordered("messages", messages, "schemas", schemas.named()));
    }

    private static String kind(String message) {
        return message.substring(message.indexOf('.') + 1);
    }

    private Map<String, Object> command(Map<String, Object> messages, Class<?> type, String name) {
        Map<String, Object> payload = ordered(
                "allOf",
                List.of(
                        schemas.of(type),
                        ordered(
                                "required", List.of("type"),
                                "properties", ordered("type", ordered("type", "string", "const", name)))));
        List<ErrorCode> refusals = this.refusals.of(name).stream()
                .sorted(Comparator.comparing(ErrorCode::code))
                .toList();
        String key = "command." + name;
        messages.put(
                key,
                ordered(
                        "name",
                        name,
                        "description",
                        refusals.stream()
                                .map(one -> "- `" + one.code() + "`: " + one.message())
                                .collect(Collectors.joining("\n", "Refused by an `error` frame with:\n", "")),
                        "payload",
                        payload,
                        "x-errors",
                        refusals.stream().map(ErrorCode::code).toList()));
        return ordered("$ref", "#/components/messages/" + key);
    }

    private void frames(Map<String, Object> messages, Map<String, Object> into, String prefix, Class<?> family) {
        for (JsonSubTypes.Type option : family.getAnnotation(JsonSubTypes.class).value()) {
            String name = prefix + option.name();
            into.put(name, message(messages, name, option.name(), schemas.of(option.value())));
        }
    }

    private static Map<String, Object> message(
            Map<String, Object> messages, String name, String title, Map<String, Object> payload) {
        messages.put(name, ordered("name", title, "payload", payload));
        return ordered("$ref", "#/components/messages/" + name);
    }

    private static Map<String, Object> operation(
            String action, String channel, String summary, Iterable<String> messages) {
        List<Map<String, Object>> references = new ArrayList<>();
        messages.forEach(name -> references.add(ordered("$ref", "#/channels/" + channel + "/messages/" + name)));
        return ordered(
                "action", action,
                "channel", ordered("$ref", "#/channels/" + channel),
                "summary", summary,
                "messages", references);
    }
}
