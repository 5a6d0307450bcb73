package dev.parley.local.load;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * What people do in an hour of a meeting, one thing after the other: they sign in, look at their meetings and conversations, come in, write,
 * type and read, answer a poll, keep their sign-in and their socket alive, and leave. Nothing is left out or made smaller; only the time in
 * between is.
 */
final class HourScript {
    /** Chat messages of one person, each after the others were told that somebody types. */
    static final int MESSAGES = 12;
    /** An access token lasts ten minutes. */
    static final int TOKEN_REFRESHES = 5;
    /** A presence is renewed every five minutes. */
    static final int PRESENCES = 12;
    /** A socket is cut after ten minutes without a message; it is written to before five are over. */
    static final int PINGS = 13;
    /** Every now and then what was read is reported. */
    static final int RECEIPTS = 12;

    private static final String PASSWORD = "Correct-Horse-7";

    private final ApiClient api;
    private final Use use;

    /** @param use where is counted what the people ask */
    HourScript(ApiClient api, Use use) {
        this.api = api;
        this.use = use;
    }

    private static final class Member {
        private final String name;
        private String token;
        private String refreshToken;
        private ApiSocket socket;

        private Member(String name) {
            this.name = name;
        }
    }

    /** Makes the accounts; that is not part of the hour. */
    List<String> accounts(int people) throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            String name = "cost_" + i;
            api.must(
                    "POST",
                    "/register",
                    null,
                    "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"%s\"}"
                            .formatted(name, name, PASSWORD));
            names.add(name);
        }
        return names;
    }

    /** Plays the hour. @param names of the accounts; the first is the host */
    void play(List<String> names) throws Exception {
        List<Member> people = names.stream().map(Member::new).toList();
        for (Member person : people) {
            signIn(person);
        }
        Member host = people.getFirst();
        String meeting = ask(host, "POST", "/meetings", "{\"title\":\"Weekly\"}")
                .path("meeting_id")
                .asString();
        ask(host, "POST", "/meetings/" + meeting + "/start", null);
        for (Member person : people) {
            comeIn(person, meeting);
        }
        for (int round = 0; round < MESSAGES; round++) {
            for (Member person : people) {
                say(person, "{\"type\":\"typing\",\"id\":\"%s\",\"conversation_id\":\"m_%s\",\"on\":true}", meeting);
                say(
                        person,
                        "{\"type\":\"chat\",\"id\":\"%s\",\"room_id\":\"%s\",\"client_msg_id\":\"" + UUID.randomUUID()
                                + "\",\"text\":\"That is what I think as well, and here is why.\"}",
                        meeting);
            }
        }
        for (Member person : people) {
            for (int receipt = 1; receipt <= RECEIPTS; receipt++) {
                int read = receipt * people.size() * MESSAGES / RECEIPTS;
                say(
                        person,
                        "{\"type\":\"receipt\",\"id\":\"%s\",\"conversation_id\":\"m_%s\",\"read\":" + read + "}",
                        meeting);
            }
            for (int presence = 0; presence < PRESENCES; presence++) {
                say(person, "{\"type\":\"presence\",\"id\":\"%s\",\"state\":\"online\",\"device\":\"web\"}", meeting);
            }
            for (int ping = 0; ping < PINGS; ping++) {
                say(person, "{\"type\":\"ping\",\"id\":\"%s\"}", meeting);
            }
            for (int refresh = 0; refresh < TOKEN_REFRESHES; refresh++) {
                refresh(person);
            }
        }
        poll(people, meeting);
        for (Member person : people) {
            ask(person, "POST", "/meetings/" + meeting + "/leave", null);
            person.socket.close();
        }
        use.add("socket_minutes", TimeUnit.HOURS.toMinutes(1) * people.size());
    }

    private void signIn(Member person) throws Exception {
        JsonNode reply = ask(
                person, "POST", "/login", "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(person.name, PASSWORD));
        person.token = reply.path("token").asString();
        person.refreshToken = reply.path("refresh_token").asString();
        for (String path : List.of("/profile", "/meetings", "/conversations", "/sync")) {
            ask(person, "GET", path, null);
        }
    }

    private void refresh(Member person) throws Exception {
        String used = person.refreshToken;
        person.token = null;
        JsonNode reply = ask(person, "POST", "/refresh-token", "{\"refresh_token\":\"" + used + "\"}");
        person.token = reply.path("token").asString();
        person.refreshToken = reply.path("refresh_token").asString();
    }

    private void comeIn(Member person, String meeting) throws Exception {
        ask(person, "GET", "/meetings/" + meeting, null);
        ask(person, "POST", "/meetings/" + meeting + "/join", "{}");
        // The ticket by REST, then the command that enters the room.
        use.add("rest_requests", 1);
        use.add("socket_messages", 1);
        person.socket = ApiSocket.open(api, person.token, meeting);
        ask(person, "GET", "/meetings/" + meeting + "/participants", null);
        ask(person, "GET", "/conversations/m_" + meeting + "/messages", null);
    }

    private void poll(List<Member> people, String meeting) throws Exception {
        String polls = "/meetings/" + meeting + "/polls";
        JsonNode poll = ask(
                people.getFirst(),
                "POST",
                polls,
                "{\"question\":\"Shall we meet again?\",\"options\":[\"Yes\",\"No\"]}");
        String one = polls + "/" + poll.path("id").asString();
        for (Member person : people) {
            ask(person, "POST", one + "/vote", "{\"choices\":[0]}");
        }
        ask(people.getFirst(), "POST", one + "/close", null);
    }

    private JsonNode ask(Member person, String method, String path, String body) throws Exception {
        use.add("rest_requests", 1);
        ApiClient.Reply reply = api.call(method, path, person.token, body);
        use.add("transfer_gb", reply.body().length() / 1e9);
        if (!reply.ok()) {
            throw new IllegalStateException(method + " " + path + " answered " + reply.status() + " " + reply.body());
        }
        return reply.data();
    }

    /** @param frame with a place for the command's name, and perhaps one for the meeting's */
    private void say(Member person, String frame, String meeting) throws Exception {
        String id = UUID.randomUUID().toString();
        use.add("socket_messages", 1);
        person.socket.ask(id, frame.formatted(id, meeting));
    }
}
