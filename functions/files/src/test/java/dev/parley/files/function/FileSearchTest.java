package dev.parley.files.function;

import static dev.parley.files.function.FilesWorld.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.files.function.FilesWorld.Caller;
import dev.parley.files.function.FilesWorld.Reply;
import dev.parley.local.stores.Stores;
import dev.parley.platform.nodes.LiveRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files are found by name and sender, by those who may read them and by nobody else. */
@Tag("component")
class FileSearchTest {
    private final FilesWorld world = new FilesWorld(Stores.temporary(), Map.of("RATE_LIMITS", "off"));
    private final Caller ana = world.user("ana");
    private final Caller ben = world.user("ben");
    private final Caller eve = world.user("eve");

    @AfterEach
    void close() {
        world.close();
    }

    private static Reply search(Caller caller, String question, String more) {
        return caller.get("/search/files?q=" + question + more);
    }

    private static List<String> found(Caller caller, String question) {
        return names(search(caller, question, "&limit=50"));
    }

    private static List<String> names(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return StreamSupport.stream(reply.data().path("list").spliterator(), false)
                .map(one -> one.path("file").path("name").asString())
                .toList();
    }

    private void share(Caller caller, String file, String conversation) {
        assertThat(caller.post("/files/" + file + "/shares", Map.of("conversation_id", conversation))
                        .status())
                .isEqualTo(200);
    }

    private String push(Caller from, String file, Caller to) {
        Reply pushed = from.post("/files/" + file + "/push", Map.of("targets", Map.of("users", List.of(to.id))));
        assertThat(pushed.status()).as(pushed.toString()).isEqualTo(201);
        return pushed.data().path("push_id").asString();
    }

    @Test
    void theirNamesAndTheirSendersFindThem() {
        String plan = ana.ready("Ｐlán 2027.pdf", bytes(100, 1));
        String budget = ana.ready("季度预算表.txt", bytes(100, 2));
        String group = world.group("c_team", ana, ben);
        share(ana, plan, group);
        push(ana, budget, ben);

        assertThat(found(ana, "plan pdf")).containsExactly("Ｐlán 2027.pdf");
        assertThat(found(ben, "PLAN")).containsExactly("Ｐlán 2027.pdf");
        assertThat(found(ben, "预算")).containsExactly("季度预算表.txt");
        assertThat(found(ben, "算预")).isEmpty();
        assertThat(found(ben, "name ana")).containsExactlyInAnyOrder("Ｐlán 2027.pdf", "季度预算表.txt");
        assertThat(found(ben, "ana pdf")).containsExactly("Ｐlán 2027.pdf");
        assertThat(found(ana, "ana")).as("one's own have no sender").isEmpty();
        assertThat(found(eve, "plan")).isEmpty();

        JsonNode shared = search(ben, "plan", "").data().path("list").get(0);
        assertThat(shared.path("conversation_id").asString()).isEqualTo(group);
        assertThat(shared.path("from").path("user_id").asString()).isEqualTo(ana.id);
        assertThat(shared.path("from").path("name").asString()).isEqualTo("Name of ana");
        assertThat(shared.path("file").has("conversations")).isFalse();
        JsonNode pushed = search(ben, "预算", "").data().path("list").get(0);
        assertThat(pushed.has("conversation_id")).isFalse();
        assertThat(search(ana, "plan", "")
                        .data()
                        .path("list")
                        .get(0)
                        .path("conversation_id")
                        .asString())
                .isEqualTo(group);
    }

    @Test
    void whoLeftTheConversationOrWasRemovedFromTheMeetingFindsThemNoMore() {
        String file = ana.ready("plan.txt", bytes(100, 3));
        String group = world.group("c_team", ana, ben);
        share(ana, file, group);
        assertThat(found(ben, "plan")).hasSize(1);
        world.leave(group, ben);
        assertThat(found(ben, "plan")).isEmpty();

        world.meeting(ana, eve);
        String room = world.group("m_" + FilesWorld.ROOM, ana, eve);
        share(ana, file, room);
        assertThat(found(eve, "plan")).hasSize(1);
        world.seat(eve, LiveRows.LEFT);
        assertThat(found(eve, "plan"))
                .as("accounts that took part read it afterwards")
                .hasSize(1);
        world.bar(room, eve);
        assertThat(found(eve, "plan")).isEmpty();
    }

    @Test
    void aQuestionWithoutAWordAndAForeignCursorAreRefused() {
        for (String wrong : List.of("", " ", "...", "x".repeat(201))) {
            assertThat(search(ana, wrong, "").error()).isEqualTo("request.invalid");
        }
        assertThat(search(ana, "x", "&cursor=abc").error()).isEqualTo("request.invalid");
        assertThat(search(ana, "x", "&limit=51").error()).isEqualTo("request.invalid");
        assertThat(search(world.guest("gus"), "x", "").error()).isEqualTo("auth.forbidden");
        assertThat(search(world.nobody(), "x", "").error()).isEqualTo("auth.required");
    }

    @Test
    void aCursorGoesOnWhereTheReplyLeftOff() {
        for (int i = 0; i < 7; i++) {
            ana.ready("report " + i + ".txt", bytes(50, 10 + i));
        }
        List<String> all = new ArrayList<>();
        String cursor = "";
        do {
            Reply reply = search(ana, "report", "&limit=3" + cursor);
            all.addAll(names(reply));
            assertThat(reply.data().path("more").asBoolean())
                    .isEqualTo(reply.data().has("cursor"));
            cursor = reply.data().has("cursor")
                    ? "&cursor=" + reply.data().path("cursor").asString()
                    : null;
        } while (cursor != null);
        assertThat(all).hasSize(7).doesNotHaveDuplicates();
    }

    /** Files are shared, pushed, called back and removed, people come and go, in an order drawn by chance. */
    @Test
    void whatSomebodyFindsIsWhatTheyMayRead() {
        Random random = new Random(20_261_122);
        List<Caller> people = List.of(ana, ben, eve);
        List<String> groups = List.of("c_one", "c_two", "c_three");
        Map<String, String> files = new LinkedHashMap<>();
        List<Map.Entry<Caller, String>> pushes = new ArrayList<>();
        for (int step = 0; step < 120; step++) {
            Caller one = people.get(random.nextInt(people.size()));
            Caller other = people.get(random.nextInt(people.size()));
            String group = groups.get(random.nextInt(groups.size()));
            String file = files.isEmpty() ? "" : List.copyOf(files.keySet()).get(random.nextInt(files.size()));
            switch (random.nextInt(8)) {
                case 0 -> {
                    String name = "报告 report " + step + ".txt";
                    files.put(one.ready(name, bytes(40, 1000 + step)), name);
                }
                case 1, 2 -> world.group(group, one);
                case 3 -> world.leave(group, one);
                case 4, 5 -> one.post("/files/" + file + "/shares", Map.of("conversation_id", group));
                case 6 -> {
                    Reply pushed =
                            one.post("/files/" + file + "/push", Map.of("targets", Map.of("users", List.of(other.id))));
                    if (pushed.status() == 201) {
                        pushes.add(Map.entry(one, pushed.data().path("push_id").asString()));
                    }
                }
                default -> {
                    if (random.nextInt(3) == 0) {
                        one.delete("/files/" + file);
                    } else if (!pushes.isEmpty()) {
                        Map.Entry<Caller, String> push = pushes.remove(random.nextInt(pushes.size()));
                        push.getKey().delete("/pushes/" + push.getValue());
                    }
                }
            }
            List<String> readable = files.entrySet().stream()
                    .filter(entry -> other.get("/files/" + entry.getKey()).status() == 200)
                    .map(Map.Entry::getValue)
                    .toList();
            assertThat(found(other, random.nextBoolean() ? "report" : "报告"))
                    .as("step %d", step)
                    .containsExactlyInAnyOrderElementsOf(readable);
        }
        assertThat(files).hasSizeGreaterThan(5);
    }
}
