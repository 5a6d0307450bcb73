package dev.parley.checks;

import static dev.parley.checks.Refusals.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Frames come twice, late, or not at all, connections are said to be gone that are not, nobody hears that others are, and the tables refuse
 * one write in ten. Clients do what the client library does: they ask again. Then what people did is there, once, in one order, for everybody.
 */
@Tag("functions")
class EverythingGoesWrongTest {
    private static final String API = "/api/v1";
    private static final String FAULTS =
            "lose-disconnect,gone=0.2,duplicate=0.3,reorder=0.5,conflict=0.1,throttle=0.03";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final int MESSAGES = 12;
    private static final int PEOPLE = 6;

    private Http http;

    /** Asks until it is answered by something else than that a store has no time. */
    private Http.Reply asked(String method, String path, String token, String body) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> http.call(method, API + path, token, body), reply -> reply.status() != 503);
    }

    private JsonNode done(String method, String path, String token, String body) {
        Http.Reply reply = asked(method, path, token, body);
        assertThat(reply.ok()).as("%s %s: %s", method, path, reply).isTrue();
        return reply.data();
    }

    private String newcomer(String name) {
        Http.Reply made = asked(
                "POST",
                "/register",
                null,
                json("username", name, "email", name + "@example.org", "password", Http.PASSWORD));
        // Made by a try whose answer was an excuse, it is there.
        assertThat(made.ok() || made.error().equals("user.exists"))
                .as(made.toString())
                .isTrue();
        return done("POST", "/login", null, json("username", name, "password", Http.PASSWORD))
                .path("token")
                .asString();
    }

    private static String idOf(JsonNode profile) {
        return profile.path("id").asString();
    }

    /** A socket that is opened anew when nothing is heard on it. */
    private final class Line implements AutoCloseable {
        private final String token;
        private Socket socket;
        /** Numbers what is said: the answer to a frame of before may come twice, and late. */
        private int said;

        Line(String token) {
            this.token = token;
        }

        /** Says it until it is acknowledged or refused for good. */
        JsonNode say(Map<String, Object> command) {
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < until) {
                String id = "c" + ++said;
                Map<String, Object> frame = new TreeMap<>(command);
                frame.put("id", id);
                Optional<JsonNode> answer = answer(Wire.write(frame), id);
                boolean over = answer.filter(
                                one -> !one.path("code").asString("").equals("store.unavailable")
                                        && !one.path("code").asString("").equals("conversation.busy"))
                        .isPresent();
                if (over) {
                    return answer.get();
                }
                if (answer.isEmpty()) {
                    close();
                }
            }
            throw new AssertionError("never answered: " + command);
        }

        private Optional<JsonNode> answer(String frame, String id) {
            try {
                if (socket == null) {
                    socket = Socket.open(http, token);
                }
                socket.say(frame);
                return socket.answer(id, ANSWER);
            } catch (RuntimeException e) {
                // No ticket, no connection, or it has just ended: another one is made.
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            if (socket != null) {
                socket.close();
                socket = null;
            }
        }
    }

    @Test
    void andEveryMessageIsThereOnceInOneOrder() throws Exception {
        try (RunningSystem system = RunningSystem.unruly(FAULTS)) {
            http = new Http(system.url());
            List<String> tokens = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                tokens.add(newcomer("writer_" + i));
                ids.add(idOf(done("GET", "/profile", tokens.get(i), null)));
            }
            String group = done(
                            "POST",
                            "/conversations",
                            tokens.getFirst(),
                            json("kind", "group", "title", "Storm", "user_ids", ids.subList(1, 3)))
                    .path("conversation_id")
                    .asString();
            List<String> said = new ArrayList<>();
            try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<List<String>>> all = tokens.stream()
                        .map(token -> writers.submit(() -> write(group, token)))
                        .toList();
                for (Future<List<String>> one : all) {
                    said.addAll(one.get());
                }
            }
            for (String token : tokens) {
                List<JsonNode> read = everything(group, token);
                assertThat(read)
                        .extracting(message -> message.path("text").asString())
                        .as("once each")
                        .containsExactlyInAnyOrderElementsOf(said);
                assertThat(read)
                        .extracting(message -> message.path("seq").asLong())
                        .as("numbered without gaps")
                        .containsExactlyElementsOf(IntStream.rangeClosed(1, said.size())
                                .mapToObj(Long::valueOf)
                                .toList());
                assertThat(changes(group, token))
                        .as("what happened, without gaps")
                        .isEqualTo(changes(group, tokens.getFirst()));
                done("POST", "/conversations/" + group + "/read", token, json("seq", said.size()));
            }
            assertThat(done("GET", "/conversations", tokens.getFirst(), null)
                            .path("list")
                            .get(0)
                            .path("unread")
                            .asInt())
                    .isZero();
        }
    }

    private List<String> write(String group, String token) {
        List<String> said = new ArrayList<>();
        try (Line line = new Line(token)) {
            for (int i = 0; i < MESSAGES; i++) {
                String text = token.hashCode() + " says " + i;
                JsonNode answer = line.say(
                        Map.of("type", "message", "conversation_id", group, "client_msg_id", "k" + i, "text", text));
                assertThat(answer.path("type").asString()).as(answer.toString()).isEqualTo("ack");
                said.add(text);
            }
        }
        return said;
    }

    private List<JsonNode> everything(String group, String token) {
        List<JsonNode> all = new ArrayList<>();
        JsonNode page;
        do {
            page = done(
                    "GET",
                    "/conversations/" + group + "/messages?limit=20&after_seq="
                            + (all.isEmpty() ? 0 : all.getLast().path("seq").asLong()),
                    token,
                    null);
            page.path("list").forEach(all::add);
        } while (page.path("more").asBoolean());
        return all;
    }

    private List<String> changes(String group, String token) {
        List<String> all = new ArrayList<>();
        JsonNode page;
        do {
            page = done("GET", "/conversations/" + group + "/changes?limit=100&after=" + all.size(), token, null);
            page.path("list").forEach(change -> {
                assertThat(change.path("change").asLong()).isEqualTo(all.size() + 1);
                all.add(change.path("kind").asString() + " "
                        + change.path("message").path("text").asString(""));
            });
        } while (page.path("more").asBoolean());
        return all;
    }

    @Test
    void andAMeetingGoesOnAsItsHostSays() throws Exception {
        try (RunningSystem system = RunningSystem.unruly(FAULTS)) {
            http = new Http(system.url());
            String host = newcomer("host_wrong");
            List<String> tokens = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                tokens.add(newcomer("guest_" + i));
                ids.add(idOf(done("GET", "/profile", tokens.get(i), null)));
            }
            String meeting = done("POST", "/meetings", host, json("title", "Storm"))
                    .path("meeting_id")
                    .asString();
            String at = "/meetings/" + meeting;
            done("POST", at + "/join", host, "{}");
            joinAtOnce(at, tokens);
            assertThat(joined(at, host)).hasSize(PEOPLE + 1);
            String poll = done(
                            "POST",
                            at + "/polls",
                            host,
                            json("question", "Stay?", "options", List.of("Yes", "No"), "anonymous", false))
                    .path("id")
                    .asString();
            for (String token : tokens) {
                done("POST", at + "/polls/" + poll + "/vote", token, json("choices", List.of(0)));
            }
            JsonNode counted = done("POST", at + "/polls/" + poll + "/close", host, null);
            assertThat(counted.path("votes").asInt()).isEqualTo(PEOPLE);

            chat(meeting, host, tokens.get(1));
            done("POST", at + "/participants/" + ids.getFirst() + "/kick", host, null);
            assertThat(asked("POST", at + "/join", tokens.getFirst(), "{}").error())
                    .isEqualTo("meeting.banned");
            done("POST", at + "/participants/" + ids.get(1) + "/role", host, json("role", "co-host"));
            done("POST", at + "/lock", tokens.get(1), null);
            done("POST", at + "/leave", tokens.get(2), null);
            assertThat(joined(at, host)).hasSize(PEOPLE - 1);
            assertThat(asked("POST", at + "/join", newcomer("late_wrong"), "{}").error())
                    .isEqualTo("meeting.locked");
            done("POST", at + "/end", host, null);
            assertThat(asked("POST", at + "/join", tokens.get(3), "{}").error()).isEqualTo("meeting.ended");
            assertThat(done("GET", at, host, null).path("status").asString()).isEqualTo("ended");
        }
    }

    private void joinAtOnce(String at, List<String> tokens) throws Exception {
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<JsonNode>> all = tokens.stream()
                    .map(token -> people.submit(() -> done("POST", at + "/join", token, "{}")))
                    .toList();
            HashSet<Integer> numbers = new HashSet<>();
            for (Future<JsonNode> one : all) {
                assertThat(numbers.add(one.get().path("csrc").asInt()))
                        .as("a number of one's own")
                        .isTrue();
            }
        }
    }

    private List<JsonNode> joined(String at, String host) {
        List<JsonNode> in = new ArrayList<>();
        done("GET", at + "/participants", host, null).forEach(person -> {
            if (person.path("state").asString().equals("joined")) {
                in.add(person);
            }
        });
        return in;
    }

    /** Chat is for sockets in the room: who is told that they are not in it comes in again. */
    private void chat(String meeting, String host, String other) {
        List<String> said = new ArrayList<>();
        for (String token : List.of(host, other)) {
            try (Line line = new Line(token)) {
                for (int i = 0; i < MESSAGES; i++) {
                    String text = token.hashCode() + " chats " + i;
                    Map<String, Object> chat =
                            Map.of("type", "chat", "room_id", meeting, "client_msg_id", "k" + i, "text", text);
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> {
                                if (line.say(chat).path("type").asString().equals("ack")) {
                                    return true;
                                }
                                line.say(Map.of("type", "join", "room_id", meeting));
                                return false;
                            });
                    said.add(text);
                }
            }
        }
        assertThat(everything("m_" + meeting, host))
                .extracting(message -> message.path("text").asString())
                .containsExactlyElementsOf(said);
    }
}
