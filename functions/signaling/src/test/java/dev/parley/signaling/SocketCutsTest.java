package dev.parley.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Role;
import dev.parley.kernel.SocketTicket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketCutsTest {
    private static final String ROOM = "abc-defg-hij";

    private final HandMovedClock clock = new HandMovedClock();
    private final InMemorySockets sockets = new InMemorySockets();
    private final InMemoryRooms rooms = new InMemoryRooms();
    private final InMemoryMeetings meetings = new InMemoryMeetings();
    private final RecordedOutlet outlet = new RecordedOutlet();
    private final RoomService room = new RoomService(sockets, rooms, meetings, outlet, "[]");
    private final SocketService service = new SocketService(
            sockets, room, new Relay(room, sockets, rooms, outlet), outlet, (userId, connectionId) -> {});
    private final SocketCuts cuts = new SocketCuts(sockets, room, outlet);

    @BeforeEach
    void start() {
        meetings.start(ROOM);
        join("u_ana", "c_ana");
        join("u_eve", "c_eve");
        open("u_eve", "s_second", "c_eve_phone");
        outlet.read("c_ana");
    }

    private SocketTicket open(String userId, String sessionId, String connectionId) {
        SocketTicket holder = new SocketTicket(
                userId,
                sessionId,
                Role.USER,
                userId,
                Optional.empty(),
                Optional.of(ROOM),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        service.opened(connectionId, holder);
        return holder;
    }

    private void join(String userId, String connectionId) {
        meetings.sit(ROOM, userId);
        SocketTicket holder = open(userId, "s_" + userId, connectionId);
        service.frame(connectionId, holder, "{\"type\":\"join\",\"room_id\":\"" + ROOM + "\"}");
    }

    private void told(String type, Map<String, String> data) {
        cuts.accept(new OutboxEvent("e_1", type, "subject", clock.instant(), data));
    }

    @ParameterizedTest
    @ValueSource(strings = {"account.banned", "account.deleted", "sessions.ended"})
    void everySocketOfTheAccountIsCutAndTheRoomIsTold(String type) {
        told(type, Map.of("user_id", "u_eve"));

        assertThat(outlet.closed).containsExactlyInAnyOrder("c_eve", "c_eve_phone");
        assertThat(sockets.ofUser("u_eve")).isEmpty();
        assertThat(rooms.members(ROOM)).extracting(Member::userId).containsExactly("u_ana");
        assertThat(outlet.read("c_ana").getFirst().path("type").asString()).isEqualTo("user-left");
    }

    @Test
    void whatIsToldTwiceIsDoneOnce() {
        told("account.banned", Map.of("user_id", "u_eve"));
        outlet.read("c_ana");
        told("account.banned", Map.of("user_id", "u_eve"));

        assertThat(outlet.closed).hasSize(2);
        assertThat(outlet.read("c_ana")).isEmpty();
    }

    @Test
    void aSessionThatEndedLosesItsOwnSocketsAlone() {
        told("sessions.ended", Map.of("user_id", "u_eve", "session_id", "s_second"));

        assertThat(outlet.closed).containsExactly("c_eve_phone");
    }

    @Test
    void theSessionThatEndedTheOthersKeepsItsSockets() {
        told("sessions.ended", Map.of("user_id", "u_eve", "except", "s_u_eve"));

        assertThat(outlet.closed).containsExactly("c_eve_phone");
    }

    @Test
    void whoWasRemovedFromAMeetingIsCutThereAtOnce() {
        meetings.kick(ROOM, "u_eve");

        told("meeting.changed", Map.of("meeting_id", ROOM, "what", "kick"));

        assertThat(outlet.closed).containsExactly("c_eve");
        assertThat(outlet.read("c_ana").getFirst().path("type").asString()).isEqualTo("user-left");
    }

    @Test
    void whatIsToldToOthersCutsNobody() {
        told("mail.password_reset", Map.of("user_id", "u_eve"));
        told("meeting.changed", Map.of("meeting_id", ROOM, "what", "lock"));

        assertThat(outlet.closed).isEmpty();
    }
}
