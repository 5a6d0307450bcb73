package dev.parley.checks;

import static dev.parley.checks.Refusals.json;
import static dev.parley.checks.Refusals.ok;

import dev.parley.checks.api.Contract;
import dev.parley.kernel.Person;
import dev.parley.kernel.Settings;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoPeople;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is refused of conversations and messages. */
final class MessageRefusals {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MEMBERS = 500;
    private static final int AT_ONCE = 90;

    private final Refusals refusals;
    private final People people;
    private final RunningSystem system;
    private final Http http;
    private String old;
    private String gone;

    MessageRefusals(Refusals refusals, People people, RunningSystem system) {
        this.refusals = refusals;
        this.people = people;
        this.system = system;
        this.http = people.http;
    }

    /** @param stage a meeting from which {@code removed} was removed */
    void walk(String stage, String removed) {
        String told = people.liveMeeting(people.ana, json("title", "Told"));
        ok(http, "POST /meetings/" + told + "/join", people.bo, "{}");
        say(people.ana, "m_" + told);
        say(people.bo, "m_" + told);
        everywhere("conversation.not_found", "c_none", people.ana);
        everywhere("meeting.banned", "m_" + stage, removed);
        refuse("meeting.banned", "GET /search?q=hello&conversation_id=m_" + stage, removed, null);
        refuse("conversation.not_found", "GET /search?q=hello&conversation_id=c_none", people.ana, null);
        refuse("meeting.banned", "POST /conversations", removed, json("kind", "meeting", "meeting_id", stage));
        refuse(
                "conversation.not_found",
                "POST /conversations",
                people.cleo,
                json("kind", "meeting", "meeting_id", people.meeting));
        refuse("notification.not_found", "POST /notifications/n_none/read", people.ana, null);
        roles(told);
        groups();
        messages();
        fullGroup();
        gonePeer();
    }

    /** Number of a message of Ana's in the group, two days old. */
    String old() {
        return old;
    }

    /** A conversation of Ana and nobody. */
    String gone() {
        return gone;
    }

    private void refuse(String code, String request, String token, String body) {
        refusals.refuse(http, code, request, token, body);
    }

    private void say(String token, String conversation) {
        ok(
                http,
                "POST /conversations/" + conversation + "/messages",
                token,
                json("client_msg_id", "said", "text", "Hello"));
    }

    /** A refusal of every route that knows it, by the conversation and who asks. */
    private void everywhere(String code, String conversation, String token) {
        for (Contract.Route route : refusals.routes()) {
            if (route.path().startsWith("/api/v1/conversations/{id}")
                    && route.refusals().contains(code)) {
                String path = people.address(route.path().replace("{id}", conversation));
                refuse(code, route.method() + " " + path, token, people.body(route.name()));
            }
        }
    }

    /** What a meeting lets somebody write who is in it, or is not any more. */
    private void roles(String told) {
        String conversation = "m_" + told;
        ok(
                http,
                "POST /meetings/" + told + "/participants/" + people.boId + "/role",
                people.ana,
                json("role", "viewer"));
        everywhere("signal.role", conversation, people.bo);
        ok(
                http,
                "POST /meetings/" + told + "/participants/" + people.boId + "/role",
                people.ana,
                json("role", "participant"));
        ok(http, "PUT /meetings/" + told, people.ana, json("settings", Map.of("enable_chat", false)));
        everywhere("signal.chat_off", conversation, people.bo);
        ok(http, "POST /meetings/" + told + "/leave", people.bo, null);
        everywhere("signal.not_participant", conversation, people.bo);
        ok(http, "POST /meetings/" + told + "/end", people.ana, null);
        everywhere("meeting.ended", conversation, people.bo);
    }

    private void groups() {
        String direct = ok(http, "POST /conversations", people.ana, json("kind", "direct", "user_id", people.boId))
                .path("conversation_id")
                .asString();
        String title = json("title", "Other");
        String members = json("user_ids", List.of(people.cleoId));
        refuse("conversation.kind", "PUT /conversations/" + direct, people.ana, title);
        refuse("conversation.kind", "POST /conversations/" + direct + "/members", people.ana, members);
        refuse("conversation.kind", "DELETE /conversations/" + direct + "/members/" + people.boId, people.ana, null);
        String group = "/conversations/" + people.group;
        refuse("conversation.owner", "PUT " + group, people.bo, title);
        refuse("conversation.owner", "POST " + group + "/members", people.bo, members);
        refuse("conversation.owner", "DELETE " + group + "/members/" + people.anaId, people.bo, null);
        refuse("conversation.member", "DELETE " + group + "/members/u_nobody", people.ana, null);
        refuse("conversation.person", "POST " + group + "/members", people.ana, json("user_ids", List.of("u_nobody")));
        refuse("conversation.person", "POST /conversations", people.ana, json("kind", "direct", "user_id", "u_nobody"));
    }

    private void messages() {
        String all = "/conversations/" + people.group + "/messages";
        String text = json("text", "Other");
        refuse("message.not_found", "GET " + all + "/99", people.ana, null);
        refuse("message.not_found", "PUT " + all + "/99", people.ana, text);
        refuse("message.not_found", "DELETE " + all + "/99", people.ana, null);
        refuse("message.not_found", "POST " + all + "/99/reactions", people.ana, json("emoji", "x"));
        refuse("message.not_found", "DELETE " + all + "/99/reactions/x", people.ana, null);
        refuse("message.author", "PUT " + all + "/1", people.bo, text);
        refuse("message.author", "DELETE " + all + "/1", people.bo, null);
        refuse("message.id_reused", "POST " + all, people.ana, json("client_msg_id", "first", "text", "Another"));
        refuse(
                "message.attachment",
                "POST " + all,
                people.ana,
                json("client_msg_id", "with", "attachments", List.of(Map.of("file_id", "f_none"))));
        for (String emoji : List.of("1", "2", "3", "4", "5", "6", "7", "8")) {
            ok(http, "POST " + all + "/1/reactions", people.ana, json("emoji", emoji));
        }
        refuse("message.reactions", "POST " + all + "/1/reactions", people.ana, json("emoji", "9"));
        String second = sent("second");
        ok(http, "DELETE " + all + "/" + second, people.ana, null);
        refuse("message.recalled", "PUT " + all + "/" + second, people.ana, text);
        refuse("message.recalled", "POST " + all + "/" + second + "/reactions", people.ana, json("emoji", "x"));
        refuse("message.recalled", "DELETE " + all + "/" + second + "/reactions/x", people.ana, null);
        old = sent("third");
        aged(old);
        refuse("message.too_late", "DELETE " + all + "/" + old, people.ana, null);
    }

    private String sent(String name) {
        return String.valueOf(ok(
                        http,
                        "POST /conversations/" + people.group + "/messages",
                        people.ana,
                        json("client_msg_id", name, "text", name))
                .path("seq")
                .asLong());
    }

    /** Makes a message two days older than it is. */
    private void aged(String seq) {
        try (Dynamo dynamo = Dynamo.of(Settings.of(system.values()))) {
            long then = System.currentTimeMillis() - Duration.ofDays(2).toMillis();
            dynamo.call(client -> client.updateItem(update -> update.tableName(dynamo.name(Tables.STREAM))
                    .key(Map.of(
                            "stream", AttributeValue.fromS("CONV#" + people.group),
                            "seq", AttributeValue.fromS("%012d".formatted(Long.parseLong(seq)))))
                    .updateExpression("SET #at = :then")
                    .expressionAttributeNames(Map.of("#at", "at"))
                    .expressionAttributeValues(Map.of(":then", AttributeValue.fromN(String.valueOf(then))))));
        }
    }

    private void fullGroup() {
        List<String> many = new ArrayList<>();
        try (Dynamo dynamo = Dynamo.of(Settings.of(system.values()))) {
            DynamoPeople names = new DynamoPeople(dynamo);
            for (int i = 0; i < MEMBERS; i++) {
                many.add("u_many" + i);
                names.put(new Person("u_many" + i, "Somebody", "", false));
            }
        }
        String group = ok(
                        http,
                        "POST /conversations",
                        people.ana,
                        json("kind", "group", "title", "Everybody", "user_ids", List.of()))
                .path("conversation_id")
                .asString();
        int from = 0;
        for (; from + AT_ONCE < MEMBERS; from += AT_ONCE) {
            ok(
                    http,
                    "POST /conversations/" + group + "/members",
                    people.ana,
                    json("user_ids", many.subList(from, from + AT_ONCE)));
        }
        refuse(
                "conversation.full",
                "POST /conversations/" + group + "/members",
                people.ana,
                json("user_ids", many.subList(from, MEMBERS)));
    }

    /** The account of the other one goes, and the conversation hears of it by and by. */
    private void gonePeer() {
        String hal = http.register("hal_errors");
        gone = ok(http, "POST /conversations", people.ana, json("kind", "direct", "user_id", hal))
                .path("conversation_id")
                .asString();
        ok(http, "DELETE /account", http.login("hal_errors"), json("password", Http.PASSWORD));
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> http.must("GET", Refusals.API + "/conversations/" + gone + "/members", people.ana, null)
                                .data()
                                .path("list")
                                .size(),
                        size -> size == 1);
        refuse(
                "conversation.peer_gone",
                "POST /conversations/" + gone + "/messages",
                people.ana,
                json("client_msg_id", "late", "text", "Are you there?"));
    }
}
