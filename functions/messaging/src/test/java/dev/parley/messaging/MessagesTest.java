package dev.parley.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.messaging.AttachmentView;
import dev.parley.contracts.messaging.ConversationView;
import dev.parley.contracts.messaging.MembersRequest;
import dev.parley.contracts.messaging.MessageDraft;
import dev.parley.contracts.messaging.MessageEdit;
import dev.parley.contracts.messaging.MessageView;
import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MessagesTest {
    private final World world = new World();
    private final Caller ana = world.person("ana");
    private final Caller ben = world.person("ben");
    private final Caller eve = world.person("eve");
    private final Messages messages = world.messaging.messages();
    private final Desk desk = world.messaging.desk();

    private static void assertRefused(String code, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private List<String> texts(Caller caller, String id) {
        return messages.history(caller, id, OptionalLong.of(0), OptionalLong.empty(), 100).list().stream()
                .map(MessageView::text)
                .toList();
    }

    @Test
    void twoPeopleHaveOneConversationWhoeverBeginsIt() {
        String id = world.direct(ana, ben);
        assertThat(world.direct(ben, ana)).isEqualTo(id);
        assertThat(desk.list(ana, 1, 20).list())
                .extracting(ConversationView::conversationId)
                .containsExactly(id);
        assertThat(desk.read(ben, id).peer().name()).isEqualTo("Name of ana");
    }

    @Test
    void aMessageReachesTheOtherOnEveryDeviceAndTheSendersOtherDevice() {
        String id = world.direct(ana, ben);
        world.sockets.get("u_ana").add("c_ana_phone");
        world.sockets.get("u_ben").add("c_ben_phone");
        List.of("c_ana", "c_ana_phone", "c_ben", "c_ben_phone").forEach(world::read);
        world.say(
                ana,
                "c_ana",
                "{'type':'message','id':'1','conversation_id':'" + id + "','client_msg_id':'k','text':' hello '}");
        JsonNode ack = world.read("c_ana").getFirst();
        assertThat(ack.path("type").asString()).isEqualTo("ack");
        assertThat(ack.path("seq").asLong()).isEqualTo(1);
        assertThat(ack.path("change").asLong()).isEqualTo(2);
        for (String socket : List.of("c_ana_phone", "c_ben", "c_ben_phone")) {
            JsonNode told = world.read(socket).getFirst();
            assertThat(told.path("type").asString()).as(socket).isEqualTo("message");
            assertThat(told.path("kind").asString()).isEqualTo("sent");
            assertThat(told.path("message").path("text").asString()).isEqualTo("hello");
            assertThat(told.path("message").path("author").path("name").asString())
                    .isEqualTo("Name of ana");
        }
    }

    @Test
    void aSocketThatIsGoneIsForgotten() {
        String id = world.direct(ana, ben);
        world.gone.add("c_ben");
        world.say(ana, id, "k", "hello");
        assertThat(world.forgotten).containsExactly("c_ben");
    }

    @Test
    void aStrangerFindsNoConversation() {
        String id = world.direct(ana, ben);
        world.say(ana, id, "k", "secret");
        String none = "conversation.not_found";
        assertRefused(none, () -> world.say(eve, id, "k", "hi"));
        assertRefused(none, () -> desk.read(eve, id));
        assertRefused(none, () -> desk.members(eve, id));
        assertRefused(none, () -> texts(eve, id));
        assertRefused(none, () -> messages.changes(eve, id, 0, 10));
        assertRefused(none, () -> messages.read(eve, id, 1));
        assertRefused(none, () -> messages.recall(eve, id, 1));
        assertRefused(none, () -> messages.react(eve, id, 1, "👍", true));
        assertRefused(none, () -> messages.edit(eve, id, 1, new MessageEdit("mine", null)));
        assertRefused(none, () -> world.messaging.receipts().mark(eve, id, OptionalLong.empty(), OptionalLong.of(1)));
        assertRefused(none, () -> world.messaging.search().find(eve, "secret", Optional.of(id), Optional.empty(), 10));
        assertRefused(none, () -> texts(ana, "c_none"));
        assertRefused(none, () -> texts(ana, "anything else"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    '' | k | text
                    x | '' | client_msg_id
                    """)
    void whatIsNoMessageIsRefusedByItsField(String text, String name, String field) {
        String id = world.direct(ana, ben);
        assertThatThrownBy(() -> world.say(ana, id, name, text)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.code()).isEqualTo("request.invalid");
            assertThat(e.details()).containsEntry("field", field);
        });
    }

    @Test
    void aMessageCarriesFilesThatAreSharedInItsConversationAsTheyAre() {
        String id = world.direct(ana, ben);
        world.files.put(id + " f_1", new Attachment("f_1", "plan.pdf", 12, "application/pdf"));
        var said = new AttachmentView("f_1", "harmless.png", 1L, "image/png");
        MessageView sent = messages.send(ana, id, new MessageDraft("k", null, null, null, List.of(said, said)));
        assertThat(sent.attachments()).containsExactly(new AttachmentView("f_1", "plan.pdf", 12L, "application/pdf"));
        for (String other : List.of("f_2", "f_", "F_1")) {
            var file = new AttachmentView(other, null, null, null);
            assertRefused(
                    "message.attachment",
                    () -> messages.send(ana, id, new MessageDraft("k2", "x", null, null, List.of(file))));
        }
        assertRefused(
                "request.invalid",
                () -> messages.send(
                        ana,
                        id,
                        new MessageDraft(
                                "k2", "x", null, null, List.of(new AttachmentView("../etc", "a", 1L, "a/b")))));
        assertThat(messages.read(ana, id, 1).attachments()).hasSize(1);
    }

    @Test
    void textIsKeptWithoutWhatNoScreenShows() {
        String id = world.direct(ana, ben);
        assertThat(world.say(ana, id, "k", " a\u0000b\r\nc\u0007\td\ud800 ").text())
                .isEqualTo("ab\nc\td\ufffd");
        assertThat(world.say(ana, id, "k2", "x".repeat(4000)).text()).hasSize(4000);
        assertRefused("request.invalid", () -> world.say(ana, id, "k3", "x".repeat(4001)));
    }

    @Test
    void onlyItsAuthorEditsAMessage() {
        String id = world.direct(ana, ben);
        world.say(ana, id, "k", "helo");
        assertRefused("message.author", () -> messages.edit(ben, id, 1, new MessageEdit("hers", null)));
        world.read("c_ben");
        world.clock.advance(Duration.ofMinutes(3));
        MessageView edited = messages.edit(ana, id, 1, new MessageEdit("hello", null));
        assertThat(edited.text()).isEqualTo("hello");
        assertThat(edited.editedAt()).isEqualTo(world.clock.instant());
        assertThat(world.read("c_ben").getFirst().path("kind").asString()).isEqualTo("edited");
        long change = edited.change();
        assertThat(messages.edit(ana, id, 1, new MessageEdit("hello", null)).change())
                .isEqualTo(change);
        assertRefused("message.not_found", () -> messages.edit(ana, id, 2, new MessageEdit("x", null)));
    }

    @Test
    void aMessageIsTakenBackForADayAndSaysNothingAfterwards() {
        String id = world.direct(ana, ben);
        MessageDraft oops = new MessageDraft("k", "oops", null, List.of("u_ben"), null);
        messages.send(ana, id, oops);
        messages.react(ben, id, 1, "👍", true);
        assertRefused("message.author", () -> messages.recall(ben, id, 1));
        MessageView gone = messages.recall(ana, id, 1);
        assertThat(gone.text()).isNull();
        assertThat(gone.mentions()).isNull();
        assertThat(gone.reactions()).isNull();
        assertThat(gone.recalledBy()).isEqualTo("u_ana");
        assertThat(messages.recall(ana, id, 1)).isEqualTo(gone);
        assertRefused("message.recalled", () -> messages.edit(ana, id, 1, new MessageEdit("x", null)));
        assertRefused("message.recalled", () -> messages.react(ben, id, 1, "👍", true));
        assertThat(messages.send(ana, id, oops)).as("sent again").isEqualTo(gone);
        world.say(ana, id, "k2", "later");
        world.clock.advance(Messages.RECALLABLE.plusMillis(1));
        assertRefused("message.too_late", () -> messages.recall(ana, id, 2));
    }

    @Test
    void aReactionCountsOnceAndGoesWithTheLastWhoTakesItBack() {
        String id = world.direct(ana, ben);
        world.say(ana, id, "k", "lunch?");
        messages.react(ana, id, 1, "👍", true);
        messages.react(ben, id, 1, "👍", true);
        MessageView both = messages.react(ben, id, 1, "👍", true);
        assertThat(both.reactions().getFirst().users()).containsExactly("u_ana", "u_ben");
        messages.react(ana, id, 1, "👍", false);
        assertThat(messages.react(ben, id, 1, "👍", false).reactions()).isNull();
        for (int i = 0; i < 8; i++) {
            messages.react(ana, id, 1, "e" + i, true);
        }
        assertRefused("message.reactions", () -> messages.react(ana, id, 1, "e9", true));
        assertRefused("request.invalid", () -> messages.react(ana, id, 1, "two words", true));
    }

    @Test
    void unreadIsWhatOthersWroteBehindTheMarkAndDidNotTakeBack() {
        String id = world.direct(ana, ben);
        for (int i = 0; i < 5; i++) {
            world.say(ana, id, "a" + i, "number " + i);
        }
        messages.send(ana, id, new MessageDraft("m", "@ben", null, List.of("u_ben"), null));
        world.say(ben, id, "b", "mine does not count");
        ConversationView seen = desk.read(ben, id);
        assertThat(List.of(seen.unread(), seen.mentions())).containsExactly(6L, 1L);
        messages.recall(ana, id, 2);
        var mark = world.messaging.receipts().mark(ben, id, OptionalLong.empty(), OptionalLong.of(1));
        assertThat(List.of(mark.readSeq(), mark.unread(), mark.mentions())).containsExactly(1L, 4L, 1L);
        world.messaging.receipts().mark(ben, id, OptionalLong.empty(), OptionalLong.of(999));
        assertThat(desk.read(ben, id).unread()).isZero();
        world.messaging.receipts().mark(ben, id, OptionalLong.empty(), OptionalLong.of(2));
        assertThat(desk.read(ben, id).readSeq()).isEqualTo(7);
        assertThat(desk.read(ana, id).peerReadSeq()).isEqualTo(7);
    }

    @Test
    void aReadMarkReachesTheOtherDeviceAndTheOtherPerson() {
        String id = world.direct(ana, ben);
        world.say(ana, id, "k", "read this");
        world.sockets.get("u_ben").add("c_ben_phone");
        List.of("c_ana", "c_ben", "c_ben_phone").forEach(world::read);
        world.say(ben, "c_ben", "{'type':'receipt','id':'1','conversation_id':'" + id + "','read':1}");
        assertThat(world.read("c_ben").getFirst().path("type").asString()).isEqualTo("ack");
        JsonNode own = world.read("c_ben_phone").getFirst();
        assertThat(own.path("unread").asLong(-1)).isZero();
        JsonNode others = world.read("c_ana").getFirst();
        assertThat(others.path("type").asString()).isEqualTo("receipt");
        assertThat(others.path("user_id").asString()).isEqualTo("u_ben");
        assertThat(others.path("read_seq").asLong()).isEqualTo(1);
        assertThat(others.has("unread")).isFalse();
        world.say(ben, "c_ben", "{'type':'receipt','conversation_id':'" + id + "','read':1}");
        assertThat(world.read("c_ana")).isEmpty();
    }

    @Test
    void ownersLookAfterAGroup() {
        String id = world.group(ana, " Lunch ", ben);
        assertThat(desk.read(ben, id).title()).isEqualTo("Lunch");
        assertRefused("conversation.owner", () -> desk.rename(ben, id, "Dinner"));
        assertRefused("conversation.owner", () -> desk.add(ben, id, new MembersRequest(List.of("u_eve"), null)));
        assertRefused("conversation.owner", () -> desk.remove(ben, id, "u_ana"));
        assertRefused("conversation.person", () -> desk.add(ana, id, new MembersRequest(List.of("u_no"), null)));
        desk.rename(ana, id, "Dinner");
        world.say(ana, id, "k", "before eve");
        desk.add(ana, id, new MembersRequest(List.of("u_eve"), null));
        assertThat(desk.read(eve, id).unread())
                .as("what was there before is not unread")
                .isZero();
        assertThat(texts(eve, id)).containsExactly("before eve");
        desk.remove(ana, id, "u_eve");
        assertRefused("conversation.not_found", () -> texts(eve, id));
        desk.remove(ana, id, "u_ana");
        assertThat(desk.members(ben, id).list())
                .singleElement()
                .satisfies(last -> assertThat(last.role()).isEqualTo("owner"));
        assertThat(messages.changes(ben, id, 0, 100).list())
                .extracting(MessagingFrame.Change::kind)
                .containsExactly("created", "renamed", "sent", "joined", "left", "left");
    }

    @Test
    void mentionsArePeopleInTheConversation() {
        String id = world.direct(ana, ben);
        assertRefused(
                "request.invalid",
                () -> messages.send(ana, id, new MessageDraft("k", "@eve", null, List.of("u_eve"), null)));
        assertRefused(
                "request.invalid", () -> messages.send(ana, id, new MessageDraft("k", "to what?", 1L, null, null)));
    }

    @Test
    void whoseAccountIsGoneHasNoNameAndNoConversations() {
        String direct = world.direct(ana, ben);
        String group = world.group(ben, "Lunch", ana, eve);
        world.say(ben, direct, "k", "remember me");
        world.say(ben, group, "k", "all of you");
        world.people.put("u_ben", Person.gone("u_ben"));
        world.clock.advance(Names.KNOWN_FOR);
        world.messaging.told(
                new OutboxEvent("e_1", "account.deleted", "u_ben", world.clock.instant(), Map.of("user_id", "u_ben")));
        MessageView kept = messages.read(ana, direct, 1);
        assertThat(kept.text()).isEqualTo("remember me");
        assertThat(kept.author().userId()).isEqualTo("deleted");
        assertThat(kept.author().name()).isNull();
        assertRefused("conversation.peer_gone", () -> world.say(ana, direct, "k", "hello?"));
        assertThat(desk.read(ana, direct).peer().deleted()).isTrue();
        assertThat(desk.members(ana, group).list())
                .hasSize(2)
                .anySatisfy(member -> assertThat(member.role()).isEqualTo("owner"));
        assertThat(world.conversations.ofUser("u_ben")).isEmpty();
    }

    @Test
    void historyIsReadInBothDirections() {
        String id = world.direct(ana, ben);
        for (int i = 1; i <= 7; i++) {
            world.say(ana, id, "k" + i, "m" + i);
        }
        var last = messages.history(ben, id, OptionalLong.empty(), OptionalLong.empty(), 3);
        assertThat(last.list()).extracting(MessageView::seq).containsExactly(5L, 6L, 7L);
        assertThat(last.more()).isTrue();
        var earlier = messages.history(ben, id, OptionalLong.empty(), OptionalLong.of(3), 3);
        assertThat(earlier.list()).extracting(MessageView::seq).containsExactly(1L, 2L);
        assertThat(earlier.more()).isFalse();
        var later = messages.history(ben, id, OptionalLong.of(2), OptionalLong.empty(), 3);
        assertThat(later.list()).extracting(MessageView::seq).containsExactly(3L, 4L, 5L);
        assertThat(later.more()).isTrue();
        assertThat(later.lastSeq()).isEqualTo(7);
    }

    @Test
    void whoWritesTooMuchWaits() {
        World limited = World.limited();
        Caller dora = limited.person("dora");
        String id = limited.direct(dora, limited.person("emil"));
        for (int i = 0; i < 30; i++) {
            limited.say(dora, id, "k" + i, "again");
        }
        assertThatThrownBy(() -> limited.say(dora, id, "k", "again")).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.code()).isEqualTo("rate.limited");
            assertThat(e.retryAfter()).isPresent();
        });
    }
}
