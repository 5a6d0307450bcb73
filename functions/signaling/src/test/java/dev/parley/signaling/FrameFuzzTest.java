package dev.parley.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.Role;
import dev.parley.kernel.SocketTicket;
import dev.parley.rtp.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whatever a client sends is answered by frames, never by an exception. */
class FrameFuzzTest {
    private static final String ROOM = "abc-defg-hij";
    private static final List<String> NAMES =
            List.of("type", "id", "room_id", "user_id", "target", "sdp", "candidate", "on", "control", "at", "seq", "");
    private static final List<String> VALUES = List.of(
            "\"join\"",
            "\"leave\"",
            "\"room-info\"",
            "\"offer\"",
            "\"answer\"",
            "\"candidate\"",
            "\"screen-share\"",
            "\"media-control\"",
            "\"ping\"",
            "\"" + ROOM + "\"",
            "\"u_ana\"",
            "\"sfu\"",
            "\"\"",
            "null",
            "true",
            "-1",
            "1e400",
            "9223372036854775808",
            "{}",
            "[]",
            "[[[]]]",
            "{\"a\":{\"b\":[1]}}",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\uD83D\uDE00\"",
            "nonsense",
            "\"unclosed");

    private static final List<String> FRAMES = List.of(
            "{\"type\":\"join\",\"id\":\"1\",\"room_id\":\"abc-defg-hij\",\"user_id\":\"u_ana\"}",
            "{\"type\":\"offer\",\"target\":\"u_ana\",\"sdp\":\"v=0\"}",
            "{\"type\":\"candidate\",\"target\":\"u_ana\",\"candidate\":{\"candidate\":\"x\"}}",
            "{\"type\":\"screen-share\",\"on\":true}",
            "{\"type\":\"media-control\",\"control\":{\"mute\":true}}",
            "{\"type\":\"room-info\",\"id\":\"3\"}",
            "{\"type\":\"ping\",\"at\":1}",
            "{\"type\":\"leave\",\"id\":\"4\"}");

    private final InMemorySockets sockets = new InMemorySockets();
    private final InMemoryRooms rooms = new InMemoryRooms();
    private final InMemoryMeetings meetings = new InMemoryMeetings();
    private final RecordedOutlet outlet = new RecordedOutlet();
    private final RoomService room = new RoomService(sockets, rooms, meetings, outlet, "[]");
    private final SocketService service = new SocketService(
            sockets, room, new Relay(room, sockets, rooms, outlet), outlet, (userId, connectionId) -> {});

    private final SocketTicket holder = new SocketTicket(
            "u_ana",
            "s_1",
            Role.USER,
            "Ana",
            Optional.empty(),
            Optional.of(ROOM),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @BeforeEach
    void openASocket() {
        meetings.start(ROOM);
        meetings.sit(ROOM, "u_ana");
        service.opened("c", holder);
    }

    @Test
    @Tag("fuzz")
    void anyFrame() {
        Random random = new Random(20_260_301);
        List<byte[]> frames = Stream.concat(
                        FRAMES.stream(), Stream.generate(() -> frame(random)).limit(40))
                .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                .toList();
        Fuzz.runJson("frames", NoException.class, frames, input -> {
            service.frame("c", holder, new String(input, StandardCharsets.UTF_8));
            for (JsonNode answer : outlet.read("c")) {
                if (answer.path("type").asString().isEmpty()) {
                    throw new AssertionError("an answer without a type: " + answer);
                }
            }
        });
    }

    @Test
    void thirtyThousandFramesOfNonsense() {
        Random random = new Random(20_260_301);
        for (int i = 0; i < 30_000; i++) {
            String frame = frame(random);
            service.frame("c", holder, frame);
            for (JsonNode answer : outlet.read("c")) {
                assertThat(answer.path("type").asString()).as(frame).isNotEmpty();
            }
        }
    }

    private static String frame(Random random) {
        StringBuilder frame = new StringBuilder("{");
        int fields = random.nextInt(6);
        for (int i = 0; i < fields; i++) {
            frame.append(i == 0 ? "\"type\"" : ",\"" + NAMES.get(random.nextInt(NAMES.size())) + "\"")
                    .append(':')
                    .append(VALUES.get(random.nextInt(VALUES.size())));
        }
        frame.append('}');
        if (random.nextInt(4) == 0) {
            frame.deleteCharAt(random.nextInt(frame.length()));
        }
        if (random.nextInt(8) == 0) {
            frame.insert(random.nextInt(frame.length() + 1), (char) random.nextInt(0x3000));
        }
        return frame.toString();
    }

    /** What the target may throw: nothing does. */
    private static final class NoException extends RuntimeException {}
}
