package dev.parley.messaging;

import dev.parley.rtp.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whatever a client sends about messages is answered by frames, never by an exception. */
class MessageFuzzTest {
    private static final List<String> NAMES = List.of(
            "type",
            "id",
            "act",
            "conversation_id",
            "room_id",
            "client_msg_id",
            "text",
            "seq",
            "reply_to",
            "mentions",
            "attachments",
            "emoji",
            "delivered",
            "read",
            "on",
            "state",
            "device",
            "watch",
            "streams",
            "since",
            "");
    private static final List<String> VALUES = List.of(
            "\"message\"",
            "\"chat\"",
            "\"receipt\"",
            "\"typing\"",
            "\"presence\"",
            "\"resume\"",
            "\"edit\"",
            "\"recall\"",
            "\"react\"",
            "\"unreact\"",
            "\"online\"",
            "\"u_ben\"",
            "[\"u_ben\",null]",
            "[{\"file_id\":\"f\",\"name\":\"n\",\"size\":1,\"type\":\"a/b\"}]",
            "[null]",
            "{\"c_1\":1,\"c_2\":null}",
            "\"" + World.MEETING + "\"",
            "\"\"",
            "null",
            "true",
            "-1",
            "1",
            "1e400",
            "9223372036854775807",
            "{}",
            "[]",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\uD83D\uDE00\"",
            "nonsense",
            "\"unclosed");

    private final World world = new World();
    private final Caller ana = world.person("ana");
    private final String direct = world.direct(ana, world.person("ben"));
    private final Random random = new Random(20_260_301);

    private List<String> frames() {
        return List.of(
                "{\"type\":\"message\",\"id\":\"1\",\"conversation_id\":\"" + direct
                        + "\",\"client_msg_id\":\"k\",\"text\":\"hello\",\"mentions\":[\"u_ben\"]}",
                "{\"type\":\"message\",\"act\":\"edit\",\"conversation_id\":\"" + direct
                        + "\",\"seq\":1,\"text\":\"again\"}",
                "{\"type\":\"message\",\"act\":\"react\",\"conversation_id\":\"" + direct
                        + "\",\"seq\":1,\"emoji\":\"x\"}",
                "{\"type\":\"message\",\"act\":\"recall\",\"conversation_id\":\"" + direct + "\",\"seq\":1}",
                "{\"type\":\"chat\",\"room_id\":\"" + World.MEETING + "\",\"text\":\"hello\"}",
                "{\"type\":\"receipt\",\"conversation_id\":\"" + direct + "\",\"read\":1,\"delivered\":2}",
                "{\"type\":\"typing\",\"conversation_id\":\"" + direct + "\",\"on\":true}",
                "{\"type\":\"presence\",\"id\":\"2\",\"state\":\"online\",\"device\":\"d\",\"watch\":true}",
                "{\"type\":\"resume\",\"id\":\"3\",\"streams\":{\"" + direct + "\":0}}",
                "{\"type\":\"resume\",\"since\":\"y_1\"}");
    }

    private void take(String frame) {
        world.messaging.commands().frame("c_ana", World.holder(ana), frame);
        for (JsonNode answer : world.read("c_ana")) {
            if (answer.path("type").asString("").isEmpty()) {
                throw new AssertionError("an answer without a type: " + answer);
            }
        }
        world.read("c_ben");
    }

    @Test
    @Tag("fuzz")
    void anyFrame() {
        List<byte[]> frames = Stream.concat(
                        frames().stream(), Stream.generate(this::frame).limit(40))
                .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                .toList();
        Fuzz.runJson("messages", NoException.class, frames, input -> take(new String(input, StandardCharsets.UTF_8)));
    }

    @Test
    void thirtyThousandFramesOfNonsense() {
        frames().forEach(this::take);
        for (int i = 0; i < 30_000; i++) {
            take(frame());
        }
    }

    private String frame() {
        StringBuilder frame = new StringBuilder("{");
        int fields = random.nextInt(7);
        for (int i = 0; i < fields; i++) {
            frame.append(i == 0 ? "\"type\"" : ",\"" + NAMES.get(random.nextInt(NAMES.size())) + "\"")
                    .append(':')
                    .append(random.nextInt(9) == 0 ? "\"" + direct + "\"" : VALUES.get(random.nextInt(VALUES.size())));
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
