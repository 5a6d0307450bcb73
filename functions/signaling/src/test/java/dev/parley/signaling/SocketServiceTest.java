package dev.parley.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.signaling.SocketProtocol;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Role;
import dev.parley.kernel.SocketTicket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SocketServiceTest {
    private static final String ROOM = "abc-defg-hij";

    private final InMemorySockets sockets = new InMemorySockets();
    private final InMemoryRooms rooms = new InMemoryRooms();
    private final InMemoryMeetings meetings = new InMemoryMeetings();
    private final RecordedOutlet outlet = new RecordedOutlet();
    private final RoomService room = new RoomService(sockets, rooms, meetings, outlet, "[]");
    private final Relay relay = new Relay(room, sockets, rooms, outlet);
    /** {@code user connection}. */
    private final List<String> departed = new ArrayList<>();

    private final SocketService service = new SocketService(
            sockets, room, relay, outlet, (userId, connectionId) -> departed.add(userId + " " + connectionId));

    @BeforeEach
    void start() {
        meetings.start(ROOM);
    }

    private static SocketTicket holder(String userId) {
        return new SocketTicket(
                userId,
                "s_" + userId,
                Role.USER,
                userId,
                Optional.empty(),
                Optional.of(ROOM),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Opens a socket of this user's, which has the user's name unless another is given. */
    private String open(String userId, String connectionId) {
        service.opened(connectionId, holder(userId));
        return connectionId;
    }

    private void say(String userId, String connectionId, String frame) {
        service.frame(connectionId, holder(userId), frame.replace('\'', '"'));
    }

    private static SocketTicket holderForNoRoom(String userId) {
        return new SocketTicket(
                userId,
                "s_" + userId,
                Role.USER,
                userId,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private String openForNoRoom(String userId, String connectionId) {
        service.opened(connectionId, holderForNoRoom(userId));
        return connectionId;
    }

    private void sayForNoRoom(String userId, String connectionId, String frame) {
        service.frame(connectionId, holderForNoRoom(userId), frame.replace('\'', '"'));
    }

    /** Opens a socket named {@code c_<user>} and joins the room with it. */
    private String joined(String userId) {
        meetings.sit(ROOM, userId);
        String connection = open(userId, "c_" + userId);
        say(userId, connection, "{'type':'join','room_id':'" + ROOM + "','user_id':'" + userId + "'}");
        return connection;
    }

    @Test
    void whoJoinsLearnsWhoIsThereAndTheOthersAreTold() {
        String ana = joined("u_ana");
        JsonNode info = outlet.read(ana).getLast();
        assertThat(info.path("type").asString()).isEqualTo("room-info");
        assertThat(info.path("participants")).hasSize(1);
        joined("u_ben");
        JsonNode told = outlet.read(ana).getFirst();
        assertThat(told.path("type").asString()).isEqualTo("user-joined");
        assertThat(told.path("user_id").asString()).isEqualTo("u_ben");
        assertThat(told.path("user_info").path("display_name").asString()).isEqualTo("Name of u_ben");
        assertThat(told.path("seq").asLong()).isEqualTo(2);
        assertThat(outlet.read("c_u_ben").getLast().path("participants")).hasSize(2);
    }

    @Test
    void inALargeRoomNobodyIsToldOfEverybodyWhoComesAndGoes() {
        String ana = joined("u_ana");
        for (int i = 1; i <= SocketProtocol.ROSTER_PUSHES; i++) {
            joined("u_" + i);
        }
        assertThat(outlet.read(ana))
                .extracting(frame -> frame.path("type").asString())
                .contains("user-joined");
        String late = joined("u_late");
        assertThat(outlet.read(late).getLast().path("total").asInt()).isEqualTo(SocketProtocol.ROSTER_PUSHES + 2);
        say("u_late", late, "{'type':'leave','id':'9'}");
        assertThat(outlet.read(late).getLast().path("type").asString()).isEqualTo("ack");
        assertThat(outlet.read(ana)).isEmpty();
        say("u_1", "c_u_1", "{'type':'leave'}");
        assertThat(outlet.read(ana).getFirst().path("type").asString()).isEqualTo("user-left");
    }

    @Test
    void everyCommandWithAnIdIsAcknowledged() {
        String ana = joined("u_ana");
        outlet.read(ana);
        say("u_ana", ana, "{'type':'screen-share','id':'7','on':true}");
        JsonNode ack = outlet.read(ana).getFirst();
        assertThat(ack.path("type").asString()).isEqualTo("ack");
        assertThat(ack.path("id").asString()).isEqualTo("7");
        assertThat(ack.path("seq").asLong()).isEqualTo(2);
        say("u_ana", ana, "{'type':'ping','id':'8','at':123}");
        JsonNode pong = outlet.read(ana).getFirst();
        assertThat(pong.path("type").asString()).isEqualTo("pong");
        assertThat(pong.path("at").asLong()).isEqualTo(123);
    }

    @Test
    void whatIsSharedReachesAllOthersInTheOrderOfItsNumbers() {
        String ana = joined("u_ana");
        String ben = joined("u_ben");
        String cleo = joined("u_cleo");
        outlet.read(ben);
        outlet.read(cleo);
        say("u_ana", ana, "{'type':'screen-share','on':true}");
        say("u_ben", ben, "{'type':'screen-share','on':false}");
        List<JsonNode> heard = outlet.read(cleo);
        assertThat(heard).extracting(frame -> frame.path("on").asBoolean()).containsExactly(true, false);
        assertThat(heard).extracting(frame -> frame.path("from").asString()).containsExactly("u_ana", "u_ben");
        assertThat(heard.get(1).path("seq").asLong() - heard.get(0).path("seq").asLong())
                .isEqualTo(1);
        assertThat(outlet.types(ben)).containsExactly("screen-share");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'type':'join','room_id':'abc-defg-hij','user_id':'u_other'} | signal.user
                    {'type':'join','room_id':'zzz-zzzz-zzz'} | signal.room
                    {'type':'screen-share','room_id':'zzz-zzzz-zzz','on':true} | signal.room
                    {'type':'screen-share','on':{}} | signal.field
                    {'type':'offer','target':'u_ben'} | signal.field
                    {'type':'offer','sdp':'v=0'} | signal.field
                    {'type':'offer','target':'sfu','sdp':'v=0'} | signal.use_rest
                    {'type':'offer','target':'u_nobody','sdp':'v=0'} | signal.target
                    {'type':'candidate','target':'u_ben'} | signal.field
                    {'type':'screen-share'} | signal.field
                    {'type':'media-control'} | signal.field
                    {'type':'hologram'} | signal.type
                    {'id':'1'} | signal.unreadable
                    [1] | signal.unreadable
                    { | signal.unreadable
                    """)
    void aWrongFrameIsAnsweredByACode(String frame, String code) {
        String ana = joined("u_ana");
        outlet.read(ana);
        say("u_ana", ana, frame);
        JsonNode error = outlet.read(ana).getFirst();
        assertThat(error.path("type").asString()).isEqualTo("error");
        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(error.path("message").asString()).isNotEmpty();
    }

    @Test
    void tooLargeFramesAndOffersGoByRest() {
        String ana = joined("u_ana");
        joined("u_ben");
        outlet.read(ana);
        say("u_ana", ana, "{'type':'ping','sdp':'" + "x".repeat(40_000) + "'}");
        say("u_ana", ana, "{'type':'offer','target':'u_ben','sdp':'" + "x".repeat(25_000) + "'}");
        assertThat(outlet.read(ana))
                .extracting(frame -> frame.path("code").asString())
                .containsExactly("signal.too_large", "signal.too_large");
    }

    @Test
    void offersAnswersAndCandidatesGoToTheirTargetAlone() {
        String ana = joined("u_ana");
        String ben = joined("u_ben");
        String cleo = joined("u_cleo");
        outlet.read(ana);
        outlet.read(ben);
        outlet.read(cleo);
        say("u_ana", ana, "{'type':'offer','target':'u_ben','sdp':'v=0 offer','from':'u_cleo'}");
        JsonNode offer = outlet.read(ben).getFirst();
        assertThat(offer.path("from").asString()).isEqualTo("u_ana");
        assertThat(offer.path("sdp").asString()).isEqualTo("v=0 offer");
        String participant = rooms.members(ROOM).getFirst().participantId();
        say("u_ben", ben, "{'type':'answer','target':'" + participant + "','sdp':'v=0 answer'}");
        say("u_ben", ben, "{'type':'candidate','target':'u_ana','candidate':{'candidate':'x'}}");
        assertThat(outlet.types(ana)).containsExactly("answer", "candidate");
        assertThat(outlet.read(cleo)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'offer','target':'%s','sdp':'v=0'}",
                "{'type':'answer','target':'%s','sdp':'v=0'}",
                "{'type':'candidate','target':'%s','candidate':{'candidate':'x'}}"
            })
    void twoConnectOnlyWithinTheRoom(String frame) {
        String ana = joined("u_ana");
        String ben = joined("u_ben");
        openForNoRoom("u_waits", "c_waits");
        open("u_seated", "c_seated");
        meetings.sit(ROOM, "u_seated");
        rooms.add("zzz-zzzz-zzz", new Member("c_else", "u_else", "p_else", "Else", "participant", Optional.empty()));
        outlet.read(ana);
        for (String target : List.of("u_waits", "u_seated", "u_else", "p_else", "c_u_ben", "u_ana")) {
            say("u_ana", ana, frame.formatted(target));
            assertThat(outlet.read(ana).getFirst().path("code").asString())
                    .as(target)
                    .isEqualTo("signal.target");
        }
        meetings.kick(ROOM, "u_ben");
        outlet.read(ben);
        say("u_ana", ana, frame.formatted("u_ben"));
        assertThat(outlet.read(ana).getLast().path("code").asString()).isEqualTo("signal.target");
        for (String outside : List.of("c_waits", "c_seated", "c_else", ben)) {
            assertThat(outlet.types(outside)).doesNotContain("offer", "answer", "candidate");
        }
        say("u_seated", "c_seated", frame.formatted("u_ana"));
        assertThat(outlet.read("c_seated").getLast().path("code").asString()).isEqualTo("signal.not_joined");
        assertThat(outlet.types(ana)).doesNotContain("offer", "answer", "candidate");
    }

    @Test
    void onlyWhoIsInTheMeetingAndHasJoinedSpeaks() {
        joined("u_ana");
        String ben = open("u_ben", "c_u_ben");
        say("u_ben", ben, "{'type':'join'}");
        assertThat(outlet.read(ben).getFirst().path("code").asString()).isEqualTo("signal.not_participant");
        meetings.sit(ROOM, "u_ben");
        say("u_ben", ben, "{'type':'screen-share','on':true}");
        assertThat(outlet.read(ben).getFirst().path("code").asString()).isEqualTo("signal.not_joined");
        assertThat(outlet.types("c_u_ana")).doesNotContain("screen-share");
        meetings.end(ROOM);
        say("u_ben", ben, "{'type':'join'}");
        assertThat(outlet.read(ben).getFirst().path("code").asString()).isEqualTo("meeting.ended");
    }

    @Test
    void theKickedAreCutOffWhenTheySpeakAndWhenOthersDo() {
        String ana = joined("u_ana");
        String ben = joined("u_ben");
        String cleo = joined("u_cleo");
        outlet.read(ana);
        outlet.read(cleo);
        meetings.kick(ROOM, "u_ben");
        meetings.kick(ROOM, "u_cleo");
        say("u_ben", ben, "{'type':'screen-share','on':true}");
        assertThat(outlet.closed).contains(ben);
        say("u_ana", ana, "{'type':'screen-share','on':true}");
        assertThat(outlet.closed).contains(cleo);
        assertThat(outlet.types(cleo)).doesNotContain("screen-share");
        assertThat(rooms.members(ROOM)).extracting(Member::userId).containsExactly("u_ana");
        assertThat(outlet.types(ana)).contains("user-left").doesNotContain("screen-share");
        say("u_ben", open("u_ben", "c_again"), "{'type':'join'}");
        assertThat(outlet.read("c_again").getFirst().path("code").asString()).isEqualTo("meeting.banned");
        assertThat(outlet.closed).contains("c_again");
    }

    @Test
    void theKickedHearNeitherWhoComesNorWhoGoes() {
        joined("u_ana");
        String ben = joined("u_ben");
        String cleo = joined("u_cleo");
        outlet.read(ben);
        meetings.kick(ROOM, "u_ben");
        service.closed(cleo, holder("u_cleo"));
        assertThat(outlet.read(ben)).isEmpty();
        joined("u_dora");
        assertThat(outlet.read(ben)).isEmpty();
        assertThat(outlet.closed).contains(ben);
        assertThat(rooms.members(ROOM)).extracting(Member::userId).containsExactly("u_ana", "u_dora");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "ABC-DEFG-HIJ", "abc-defg-hij#0"})
    void aRoomThatIsNoMeetingIsRefusedBeforeAnyStoreIsAsked(String roomId) {
        String ana = openForNoRoom("u_ana", "c_u_ana");
        for (String type : List.of("join", "leave", "room-info", "screen-share', 'on':true, 'note':'hi")) {
            sayForNoRoom("u_ana", ana, "{'type':'" + type + "','id':'1','room_id':'" + roomId + "'}");
            JsonNode error = outlet.read(ana).getFirst();
            assertThat(error.path("code").asString()).as(type).isEqualTo("signal.field");
            assertThat(error.path("details").asString()).isEqualTo("room_id");
        }
    }

    @Test
    void leavingARoomOneIsNotInKeepsThePresentOne() {
        String ana = joined("u_ana");
        meetings.sit(ROOM, "u_ben");
        String ben = openForNoRoom("u_ben", "c_u_ben");
        sayForNoRoom("u_ben", ben, "{'type':'join','room_id':'" + ROOM + "'}");
        outlet.read(ana);
        sayForNoRoom("u_ben", ben, "{'type':'leave','room_id':'zzz-zzzz-zzz'}");
        service.closed(ben, holder("u_ben"));
        assertThat(outlet.types(ana)).containsExactly("user-left");
        assertThat(rooms.members(ROOM)).extracting(Member::userId).containsExactly("u_ana");
    }

    @Test
    void whatWouldNotFitAFrameForTheOthersIsRefusedNotLost() {
        String ana = joined("u_ana");
        String ben = joined("u_ben");
        outlet.read(ana);
        outlet.read(ben);
        String frame = "{'type':'media-control','id':'1','control':'%s'}";
        String full = "x".repeat(SocketProtocol.MAX_FRAME_BYTES - frame.length() + 2);
        say("u_ana", ana, frame.formatted(full));
        assertThat(outlet.read(ben)).isEmpty();
        assertThat(outlet.read(ana).getFirst().path("code").asString()).isEqualTo("signal.too_large");
    }

    @Test
    void aLostSocketIsToldToTheOthersOnce() {
        String ana = joined("u_ana");
        String ben = joined("u_ben");
        outlet.read(ana);
        service.closed(ben, holder("u_ben"));
        service.closed(ben, holder("u_ben"));
        List<JsonNode> told = outlet.read(ana);
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().path("type").asString()).isEqualTo("user-left");
        assertThat(told.getFirst().path("reason").asString()).isEqualTo("disconnected");
    }

    @Test
    void aSocketOfAnAccountThatIsClosedIsToldToWhoKeepsItsPresence() {
        String ana = open("u_ana", "c_u_ana");
        service.closed(ana, holder("u_ana"));
        for (Role role : List.of(Role.GUEST, Role.DEVICE)) {
            service.closed(
                    "c_other",
                    new SocketTicket(
                            "g_1",
                            "s_1",
                            role,
                            "Somebody",
                            Optional.empty(),
                            Optional.of(ROOM),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }
        assertThat(departed).containsExactly("u_ana c_u_ana");
    }

    @Test
    void aClosedSocketLeavesItsRoomWhenItsPresenceCannotBeTold() {
        SocketService deaf = new SocketService(sockets, room, relay, outlet, (userId, connectionId) -> {
            throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(2));
        });
        String ana = joined("u_ana");
        String ben = joined("u_ben");
        outlet.read(ana);
        deaf.closed(ben, holder("u_ben"));
        assertThat(outlet.types(ana)).containsExactly("user-left");
    }

    @Test
    void aSecondDeviceComesAndGoesQuietly() {
        String ana = joined("u_ana");
        joined("u_ben");
        outlet.read(ana);
        String phone = open("u_ben", "c_phone");
        say("u_ben", phone, "{'type':'join'}");
        assertThat(outlet.read(phone).getLast().path("participants")).hasSize(2);
        service.closed(phone, holder("u_ben"));
        assertThat(outlet.read(ana)).isEmpty();
        say("u_ben", "c_u_ben", "{'type':'leave','id':'1'}");
        assertThat(outlet.types(ana)).containsExactly("user-left");
        say("u_ben", "c_u_ben", "{'type':'leave','id':'2'}");
        assertThat(outlet.read(ana)).isEmpty();
    }

    @Test
    void socketsThatAreGoneAreForgotten() {
        String ana = joined("u_ana");
        String ben = joined("u_ben");
        outlet.gone.add(ben);
        say("u_ana", ana, "{'type':'screen-share','on':true}");
        assertThat(rooms.members(ROOM)).extracting(Member::userId).containsExactly("u_ana");
        assertThat(sockets.find(ben)).isEmpty();
    }

    @Test
    void aHundredAndTwentyHearOneFrame() {
        String ana = joined("u_ana");
        for (int i = 0; i < 120; i++) {
            rooms.add(ROOM, new Member("c" + i, "u" + i, "p" + i, "n", "participant", Optional.empty()));
        }
        say("u_ana", ana, "{'type':'screen-share','on':true}");
        for (int i = 0; i < 120; i++) {
            assertThat(outlet.types("c" + i)).containsExactly("screen-share");
        }
    }

    @Test
    void aLargeRoomIsDescribedAsFarAsOneFrameReaches() {
        for (int i = 0; i < 999; i++) {
            rooms.add(ROOM, new Member("c" + i, "u_" + i, "p_" + i, "名".repeat(50), "participant", Optional.empty()));
        }
        JsonNode info = outlet.read(joined("u_ana")).getLast();
        assertThat(info.path("type").asString()).isEqualTo("room-info");
        assertThat(info.toString().getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(SocketProtocol.MAX_FRAME_BYTES);
        assertThat(info.path("total").asInt()).isEqualTo(1000);
        assertThat(info.path("participants").size()).isBetween(100, 999);
    }
}
