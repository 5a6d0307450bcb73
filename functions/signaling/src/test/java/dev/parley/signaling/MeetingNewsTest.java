package dev.parley.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Role;
import dev.parley.kernel.SocketTicket;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeetingNewsTest {
    private static final String ROOM = "abc-defg-hij";

    private final InMemorySockets sockets = new InMemorySockets();
    private final InMemoryRooms rooms = new InMemoryRooms();
    private final InMemoryMeetings meetings = new InMemoryMeetings();
    private final RecordedOutlet outlet = new RecordedOutlet();
    private final RoomService room = new RoomService(sockets, rooms, meetings, outlet, "[]");
    private final SocketService service = new SocketService(
            sockets, room, new Relay(room, sockets, rooms, outlet), outlet, (userId, connectionId) -> {});
    private final MeetingNews news = new MeetingNews(sockets, rooms, meetings, outlet);

    @BeforeEach
    void start() {
        meetings.start(ROOM);
    }

    private static SocketTicket holder(String userId, Optional<String> roomId) {
        return new SocketTicket(
                userId,
                "s_" + userId,
                Role.USER,
                userId,
                Optional.empty(),
                roomId,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private String joined(String userId, String role) {
        meetings.sit(ROOM, userId, role);
        String connection = "c_" + userId;
        SocketTicket holder = holder(userId, Optional.of(ROOM));
        service.opened(connection, holder);
        service.frame(connection, holder, "{\"type\":\"join\"}");
        outlet.read(connection);
        return connection;
    }

    private String outside(String userId) {
        String connection = "c_" + userId;
        service.opened(connection, holder(userId, Optional.empty()));
        return connection;
    }

    private void tell(String what, String userId) {
        Map<String, String> data = new HashMap<>(Map.of("meeting_id", ROOM, "what", what));
        if (userId != null) {
            data.put("user_id", userId);
        }
        news.tell(new OutboxEvent("e_1", MeetingNews.CHANGED, ROOM, Instant.EPOCH, data));
    }

    @Test
    void hostsAndCoHostsHearWhoWaitsAndNobodyElseDoes() {
        String host = joined("u_host", "host");
        String helper = joined("u_ana", "co-host");
        String other = joined("u_ben", "participant");
        outlet.read(host);
        outlet.read(helper);
        tell("waiting", "g_gita");
        assertThat(outlet.types(host)).containsExactly("lobby");
        assertThat(outlet.types(helper)).containsExactly("lobby");
        assertThat(outlet.types(other)).isEmpty();
    }

    @Test
    void whoBecameACoHostHearsWhoWaitsAndWhoWasOneDoesNot() {
        String ana = joined("u_ana", "participant");
        meetings.sit(ROOM, "u_ana", "co-host");
        tell("role", "u_ana");
        outlet.read(ana);
        tell("waiting", "g_gita");
        assertThat(outlet.types(ana)).containsExactly("lobby");
        meetings.sit(ROOM, "u_ana", "viewer");
        tell("role", null);
        outlet.read(ana);
        tell("waiting", "g_gita");
        assertThat(outlet.types(ana)).isEmpty();
    }

    @Test
    void whoeverWaitsHearsWhetherTheyComeIn() {
        String gita = outside("g_gita");
        String eve = outside("g_eve");
        tell("admit", "g_gita");
        tell("deny", "g_eve");
        assertThat(outlet.types(gita)).containsExactly("admitted");
        assertThat(outlet.types(eve)).containsExactly("denied");
    }

    @Test
    void everybodyInTheRoomHearsThatSomethingIsDifferent() {
        String ana = joined("u_ana", "participant");
        String gita = outside("g_gita");
        tell("poll", null);
        assertThat(outlet.read(ana).getFirst().path("what").asString()).isEqualTo("poll");
        assertThat(outlet.types(gita)).isEmpty();
    }

    @Test
    void theSocketOfSomebodyRemovedIsCutAtOnce() {
        String host = joined("u_host", "host");
        String ana = joined("u_ana", "participant");
        outlet.read(host);
        tell("kick", "u_ana");
        assertThat(outlet.types(ana)).contains("kicked");
        assertThat(outlet.closed).contains(ana);
        assertThat(outlet.types(host)).containsExactly("meeting");
    }

    @Test
    void eventsOfOtherTypesAreNotForSockets() {
        String ana = joined("u_ana", "participant");
        news.tell(new OutboxEvent("e_1", "mail.invitation", ROOM, Instant.EPOCH, Map.of("meeting_id", ROOM)));
        news.tell(new OutboxEvent("e_2", MeetingNews.CHANGED, ROOM, Instant.EPOCH, Map.of("what", "poll")));
        assertThat(outlet.types(ana)).isEmpty();
    }
}
