package dev.parley.meetings.function;

import dev.parley.contracts.admin.RoomStats;
import dev.parley.contracts.admin.SystemStats;
import dev.parley.kernel.Envelope;
import dev.parley.kernel.Role;
import dev.parley.meetings.LiveMeeting;
import dev.parley.meetings.LiveMeetings;
import dev.parley.meetings.Meeting;
import dev.parley.meetings.MeetingRegister;
import dev.parley.meetings.MeetingStatus;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.RestHandler;
import dev.parley.platform.lambda.Routes;
import dev.parley.platform.nodes.Leases;
import dev.parley.platform.nodes.NodeLease;
import dev.parley.platform.nodes.Placements;
import dev.parley.platform.nodes.RoomPlacement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What goes on in the installation, for those who look after meetings. */
final class OverviewApi {
    private static final int LAST_PAGE = 100_000;

    private final MeetingRegister register;
    private final LiveMeetings live;
    private final Placements placements;
    private final Leases leases;
    private final InstantSource clock;

    OverviewApi(
            MeetingRegister register, LiveMeetings live, Placements placements, Leases leases, InstantSource clock) {
        this.register = register;
        this.live = live;
        this.placements = placements;
        this.leases = leases;
        this.clock = clock;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        Access moderators = Access.roles(Role.MODERATOR, Role.ADMIN);
        RestHandler stats = request -> HttpResponse.ok(stats());
        return routes.route("GET /api/v1/stats", moderators, stats)
                .route("GET /api/v1/stats/overview", moderators, stats)
                .route("GET /api/v1/rooms/stats", moderators, this::rooms)
                .route("GET /api/v1/stats/rooms", moderators, this::rooms);
    }

    private SystemStats stats() {
        List<NodeLease> nodes = leases.all().stream()
                .filter(lease -> lease.live(clock.millis()))
                .toList();
        return new SystemStats(
                register.count(MeetingStatus.ACTIVE),
                register.count(MeetingStatus.SCHEDULED),
                nodes.stream().mapToInt(NodeLease::participants).sum(),
                nodes.stream().mapToInt(NodeLease::rooms).sum(),
                nodes.size());
    }

    private HttpResponse rooms(HttpRequest request) {
        Envelope.Page<Meeting> page = register.going(
                request.queryInteger("page", 1, 1, LAST_PAGE), request.queryInteger("page_size", 20, 1, 100));
        return HttpResponse.ok(new Envelope.Page<>(
                page.list().stream().map(this::view).toList(), page.total(), page.page(), page.pageSize()));
    }

    private RoomStats view(Meeting meeting) {
        Optional<LiveMeeting> room = live.find(meeting.id());
        return new RoomStats(
                meeting.id(),
                meeting.title(),
                meeting.hostId(),
                meeting.hostName(),
                meeting.startedAt().orElse(null),
                room.map(LiveMeeting::joined).orElse(0),
                meeting.maxParticipants(),
                room.map(LiveMeeting::locked).orElse(false),
                placements.find(meeting.id()).map(RoomPlacement::nodeId).orElse(null));
    }
}
