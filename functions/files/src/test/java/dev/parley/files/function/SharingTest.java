package dev.parley.files.function;

import static dev.parley.files.function.FilesWorld.bytes;
import static dev.parley.files.function.FilesWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.files.function.FilesWorld.Caller;
import dev.parley.files.function.FilesWorld.Reply;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.nodes.LiveRows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who reads what is shared in conversations. */
@Tag("component")
class SharingTest {
    private final FilesWorld world = new FilesWorld();
    private final Caller ana = world.user("ana");
    private final Caller ben = world.user("ben");
    private final Caller eve = world.user("eve");

    @AfterEach
    void close() {
        world.close();
    }

    private static Map<String, String> in(String conversationId) {
        return Map.of("conversation_id", conversationId);
    }

    private boolean reads(Caller caller, String file) {
        boolean reads = caller.get("/files/" + file).status() == 200;
        assertThat(caller.get("/files/" + file + "/manifest").status() == 200).isEqualTo(reads);
        assertThat(caller.get("/files/" + file + "/url").status() == 200).isEqualTo(reads);
        return reads;
    }

    /** What messaging finds. */
    private boolean noted(String conversationId, String file) {
        return world.dynamo
                .call(client -> client.getItem(get -> get.tableName(world.dynamo.name(Tables.FILE_SHARES))
                        .key(Map.of("conversation_id", Items.text(conversationId), "file_id", Items.text(file)))))
                .hasItem();
    }

    @Test
    void whoIsInTheConversationReadsItAndWhoLeftDoesNot() {
        String group = world.group("c_team", ana, ben);
        String file = ana.ready("plan.txt", bytes(500, 1));
        assertThat(reads(ben, file)).isFalse();
        Reply shared = ana.post("/files/" + file + "/shares", in(group));
        assertThat(shared.status()).isEqualTo(200);
        assertThat(shared.data().path("conversations").get(0).asString()).isEqualTo(group);
        assertThat(ana.post("/files/" + file + "/shares", in(group)).status()).isEqualTo(200);
        assertThat(reads(ben, file)).isTrue();
        assertThat(ben.get("/files/" + file).data().has("conversations")).isFalse();
        assertThat(reads(eve, file)).isFalse();
        assertThat(noted(group, file)).isTrue();
        world.leave(group, ben);
        assertThat(reads(ben, file)).isFalse();
    }

    @Test
    void nobodySharesWhatTheyCannotReadOrWhereTheyAreNot() {
        String group = world.group("c_team", ben, eve);
        String file = ana.ready("plan.txt", bytes(500, 2));
        assertThat(ben.post("/files/" + file + "/shares", in(group)).error()).isEqualTo("file.not_found");
        assertThat(ana.post("/files/" + file + "/shares", in(group)).error()).isEqualTo("conversation.not_found");
        assertThat(ana.post("/files/" + file + "/shares", in("../x")).error()).isEqualTo("request.invalid");
        assertThat(noted(group, file)).isFalse();
        Reply intent = ana.post("/files", Map.of("name", "a"));
        assertThat(intent.error()).isEqualTo("request.invalid");
        Map<String, Object> draft = draft("b", "text/plain", bytes(100, 3));
        draft.put("conversation_id", group);
        assertThat(ana.post("/files", draft).error()).isEqualTo("conversation.not_found");
    }

    @Test
    void aFileForAConversationIsSharedAsSoonAsItIsReady() {
        String group = world.group("c_team", ana, ben);
        byte[] text = bytes(600, 4);
        Map<String, Object> draft = draft("plan.txt", "text/plain", text);
        draft.put("conversation_id", group);
        Reply begun = ana.post("/files", draft);
        String file = begun.data().path("file").path("file_id").asString();
        assertThat(noted(group, file)).isFalse();
        assertThat(reads(ben, file)).isFalse();
        world.sendParts(text, begun.data().path("upload"));
        assertThat(ana.post("/files/" + file + "/complete", null).status()).isEqualTo(200);
        assertThat(noted(group, file)).isTrue();
        assertThat(reads(ben, file)).isTrue();
        // Whoever reads it has it, and passes it on.
        Caller dan = world.user("dan");
        String other = world.group("c_other", ben, dan);
        assertThat(ben.post("/files/" + file + "/shares", in(other)).status()).isEqualTo(200);
        assertThat(reads(dan, file)).isTrue();
        assertThat(dan.post("/files", draft("mine.txt", "text/plain", text))
                        .data()
                        .has("upload"))
                .isFalse();

        assertThat(ben.delete("/files/" + file + "/shares/" + other).error()).isEqualTo("file.not_found");
        assertThat(ana.delete("/files/" + file + "/shares/" + other).status()).isEqualTo(200);
        assertThat(reads(dan, file)).isFalse();
        assertThat(noted(other, file)).isFalse();
        assertThat(ana.delete("/files/" + file).status()).isEqualTo(200);
        assertThat(noted(group, file)).isFalse();
        assertThat(reads(ben, file)).isFalse();
    }

    @Test
    void guestsReadWhatIsSharedInTheirMeetingWhileTheyAreInIt() {
        Caller gus = world.guest("gus");
        world.meeting(ana, ben, gus);
        String file = ana.ready("agenda.txt", bytes(500, 5));
        assertThat(ana.post("/files/" + file + "/shares", in("m_" + FilesWorld.ROOM))
                        .status())
                .isEqualTo(200);
        for (Caller inside : List.of(ben, gus)) {
            assertThat(reads(inside, file)).as(inside.id).isTrue();
        }
        assertThat(reads(eve, file)).isFalse();
        world.seat(gus, LiveRows.LEFT);
        world.seat(ben, LiveRows.LEFT);
        assertThat(reads(gus, file)).isFalse();
        assertThat(reads(ben, file)).isTrue();
        // A group is nothing to guests, and a breakout room nothing to who is not in it.
        assertThat(ana.post("/files/" + file + "/shares", in("m_" + FilesWorld.ROOM + ".b_1"))
                        .error())
                .isEqualTo("conversation.not_found");
    }

    @Test
    void theFilesOfAnAccountThatIsGoneGoWithIt() {
        String group = world.group("c_team", ana, ben);
        String file = ana.ready("plan.txt", bytes(500, 6));
        ana.post("/files/" + file + "/shares", in(group));
        world.happened("account.deleted", ana.id);
        assertThat(reads(ben, file)).isFalse();
        assertThat(noted(group, file)).isFalse();
        world.happened("account.deleted", ana.id);
    }

    @Test
    void anAdministratorRemovesAnybodysAndThatIsKept() {
        String file = ana.ready("bad.txt", bytes(500, 7));
        assertThat(ben.delete("/files/" + file).error()).isEqualTo("file.not_found");
        assertThat(world.admin("root").delete("/files/" + file).status()).isEqualTo(200);
        assertThat(reads(ana, file)).isFalse();
        assertThat(world.told(Tables.INBOX, file)).hasSize(2).allSatisfy(event -> {
            assertThat(event.getKey()).isEqualTo("audit.entry");
            assertThat(event.getValue()).containsEntry("act", "file.remove");
        });
    }
}
