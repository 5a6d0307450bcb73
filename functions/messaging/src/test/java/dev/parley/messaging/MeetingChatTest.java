package dev.parley.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.messaging.MessageView;
import dev.parley.kernel.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A meeting's chat is its conversation: those in the room hear it once, those who took part read it later. */
class MeetingChatTest {
    private static final String ID = ConversationIds.meeting(World.MEETING);

    private final World world = new World();
    private Caller ana;
    private Caller ben;
    private Caller gus;

    @BeforeEach
    void sitDown() {
        world.meeting("{}");
        ana = world.sit("ana", "host", false);
        ben = world.sit("ben", "participant", false);
        gus = world.sit("gus", "guest", true);
    }

    private void chat(Caller caller, String socket, String text) {
        world.say(
                caller,
                socket,
                "{'type':'chat','id':'1','room_id':'" + World.MEETING + "','text':'" + text + "','client_msg_id':'"
                        + text + "'}");
    }

    private List<MessageView> history(Caller caller) {
        return world.messaging
                .messages()
                .history(caller, ID, OptionalLong.of(0), OptionalLong.empty(), 100)
                .list();
    }

    private static void assertRefused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void everybodyElseInTheRoomHearsItOnceAsChat() {
        chat(ana, "c_ana", "one");
        JsonNode ack = world.read("c_ana").getFirst();
        assertThat(ack.path("type").asString()).isEqualTo("ack");
        assertThat(ack.path("seq").asLong()).isEqualTo(1);
        for (String socket : List.of("c_ben", "c_gus")) {
            List<JsonNode> heard = world.read(socket);
            assertThat(heard).as(socket).hasSize(1);
            assertThat(heard.getFirst().path("type").asString()).isEqualTo("chat");
            assertThat(heard.getFirst().path("room_id").asString()).isEqualTo(World.MEETING);
            assertThat(heard.getFirst().path("display_name").asString()).isEqualTo("Seat of ana");
            assertThat(heard.getFirst().path("text").asString()).isEqualTo("one");
        }
        chat(ana, "c_ana", "one");
        assertThat(world.read("c_ana").getFirst().path("seq").asLong()).isEqualTo(1);
        assertThat(world.read("c_ben")).as("sent again").isEmpty();
        chat(gus, "c_gus", "two");
        assertThat(world.read("c_ana").getFirst().path("seq").asLong()).isEqualTo(2);
        assertThat(history(ben)).extracting(MessageView::text).containsExactly("one", "two");
        assertThat(history(ben).getLast().author().name()).isEqualTo("Seat of gus");
    }

    @Test
    void whoIsNotInTheRoomIsNotHeard() {
        Caller eve = world.person("eve");
        chat(eve, "c_eve", "hi");
        assertThat(world.read("c_eve").getFirst().path("code").asString()).isEqualTo("signal.not_participant");
        chat(ben, "c_other", "hi");
        assertThat(world.read("c_other").getFirst().path("code").asString()).isEqualTo("signal.not_joined");
        assertRefused("conversation.not_found", () -> history(eve));
        world.say(gus, "c_gus", "{'type':'chat','id':'1','room_id':'zzz-zzzz-zzz','text':'x'}");
        assertThat(world.read("c_gus").getFirst().path("code").asString()).isEqualTo("signal.room");
        assertThat(history(ana)).isEmpty();
    }

    @Test
    void whatIsSaidInABreakoutRoomStaysThere() {
        String room = ConversationIds.meeting(World.MEETING, Optional.of("b_1"));
        Caller cleo = world.sit("cleo", "participant", false);
        world.places.put("u_ben", "b_1");
        world.places.put("g_gus", "b_1");
        chat(ben, "c_ben", "among us");
        chat(ana, "c_ana", "in the main room");
        assertThat(world.read("c_gus"))
                .extracting(frame -> frame.path("text").asString())
                .containsExactly("among us");
        assertThat(world.read("c_cleo"))
                .extracting(frame -> frame.path("text").asString())
                .containsExactly("in the main room");
        world.say(
                ben,
                "c_ben",
                "{'type':'chat','id':'2','room_id':'" + World.MEETING + "','conversation_id':'" + ID
                        + "','text':'written before I left'}");
        assertThat(world.read("c_ben").getLast().path("code").asString()).isEqualTo("signal.not_participant");
        assertThat(texts(ben, room)).containsExactly("among us");
        assertThat(texts(gus, room)).containsExactly("among us");
        assertThat(texts(cleo, ID)).containsExactly("in the main room");
        assertRefused("conversation.not_found", () -> texts(cleo, room));
        assertRefused("conversation.not_found", () -> world.say(cleo, room, "k", "let me in"));
        assertThat(texts(ana, room)).as("who moderates may look").containsExactly("among us");
        assertRefused("signal.not_participant", () -> world.say(ana, room, "k", "from outside"));
        assertThat(world.messaging.desk().read(ben, room).title()).isEqualTo("Standup: Room of b_1");

        world.places.clear();
        chat(ben, "c_ben", "together again");
        assertThat(world.read("c_cleo"))
                .extracting(frame -> frame.path("text").asString())
                .containsExactly("together again");
        assertThat(texts(ben, room)).as("who was in it reads it afterwards").containsExactly("among us");
        assertThat(world.messaging.desk().read(ben, room).title()).isEqualTo("Standup: Room of b_1");
        assertRefused("conversation.not_found", () -> texts(gus, room));
        assertRefused("signal.not_participant", () -> world.say(ben, room, "k2", "to an empty room"));
    }

    private List<String> texts(Caller caller, String conversation) {
        return world
                .messaging
                .messages()
                .history(caller, conversation, OptionalLong.of(0), OptionalLong.empty(), 100)
                .list()
                .stream()
                .map(MessageView::text)
                .toList();
    }

    @Test
    void chatThatIsOffIsOffForAllButWhoOverridesSettings() {
        world.meeting("{\"enable_chat\":false}");
        chat(ben, "c_ben", "hi");
        assertThat(world.read("c_ben").getFirst().path("code").asString()).isEqualTo("signal.chat_off");
        chat(ana, "c_ana", "please listen");
        assertThat(world.read("c_ana").getFirst().path("type").asString()).isEqualTo("ack");
    }

    @Test
    void aViewerReadsAndDoesNotWrite() {
        Caller vera = world.sit("vera", "viewer", false);
        chat(ana, "c_ana", "hello");
        chat(vera, "c_vera", "hi");
        assertThat(world.read("c_vera").getLast().path("code").asString()).isEqualTo("signal.role");
        assertThat(history(vera)).hasSize(1);
    }

    @Test
    void whoTookPartReadsItAfterwardsAndGuestsDoNot() {
        chat(ana, "c_ana", "to remember");
        world.meetings.clear();
        world.seats.clear();
        assertThat(history(ben)).hasSize(1);
        assertThat(world.messaging.desk().list(ben, 1, 10).list())
                .singleElement()
                .satisfies(view -> {
                    assertThat(view.title()).isEqualTo("Standup");
                    assertThat(view.unread()).isEqualTo(1);
                });
        assertRefused("conversation.not_found", () -> history(gus));
        assertRefused("meeting.ended", () -> world.say(ben, ID, "late", "is anybody there?"));
    }

    @Test
    void whoWasRemovedHearsAndReadsNoMore() {
        chat(ana, "c_ana", "all together");
        world.read("c_ben");
        world.meeting("{}", "u_ben", "k_gus");
        chat(ben, "c_ben", "still here");
        assertThat(world.read("c_ben").getFirst().path("code").asString()).isEqualTo("meeting.banned");
        chat(ana, "c_ana", "without them");
        assertThat(world.read("c_ben")).isEmpty();
        assertThat(world.read("c_gus"))
                .noneMatch(frame -> frame.path("text").asString("").equals("without them"));
        world.meetings.clear();
        world.seats.clear();
        assertRefused("meeting.banned", () -> history(ben));
        assertThat(world.messaging.desk().list(ben, 1, 10).list()).isEmpty();
    }

    @Test
    void whoModeratesTakesBackWhatOthersWrote() {
        chat(gus, "c_gus", "rude");
        world.clock.advance(Messages.RECALLABLE.multipliedBy(2));
        assertRefused("message.author", () -> world.messaging.messages().recall(ben, ID, 1));
        world.read("c_ben");
        MessageView recalled = world.messaging.messages().recall(ana, ID, 1);
        assertThat(recalled.recalledBy()).isEqualTo("u_ana");
        JsonNode told = world.read("c_ben").getFirst();
        assertThat(told.path("type").asString()).isEqualTo("message");
        assertThat(told.path("kind").asString()).isEqualTo("recalled");
    }
}
