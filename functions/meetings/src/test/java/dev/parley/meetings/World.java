package dev.parley.meetings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.meetings.GuestPass;
import dev.parley.contracts.meetings.GuestRequest;
import dev.parley.contracts.meetings.JoinReply;
import dev.parley.contracts.meetings.JoinRequest;
import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Ids;
import dev.parley.kernel.InMemoryEphemeral;
import dev.parley.kernel.InMemoryRateLimiter;
import dev.parley.kernel.Limit;
import dev.parley.kernel.Limits;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Principal;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Role;
import dev.parley.kernel.SocketTickets;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.IssuedToken;
import dev.parley.kernel.tokens.MediaClaims;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Everything of this context on its in-memory twins, and people to act in it. */
final class World {
    final HandMovedClock clock = new HandMovedClock();
    final InMemoryMeetings plans = new InMemoryMeetings();
    final InMemoryLiveMeetings live = new InMemoryLiveMeetings();
    final RecordedMedia media = new RecordedMedia();
    final Map<String, AccessClaims> accessTokens = new HashMap<>();
    final Map<String, MediaClaims> mediaTokens = new HashMap<>();
    final Ids ids = new Ids(new SecureRandom());
    final List<OutboxEvent> told = new ArrayList<>();
    final List<OutboxEvent> noted = new ArrayList<>();
    /** What is kept of acts that nobody did: {@code act subject details outcome}. */
    final List<String> kept = new ArrayList<>();
    /** Whether nothing can be kept. */
    boolean chronicleAway;

    final MeetingNews news = new MeetingNews(told::add, ids, clock);
    final InMemoryInvitations invited = new InMemoryInvitations();
    final RateLimiter limiter = new InMemoryRateLimiter(clock);
    final Map<Limit, Integer> changedLimits = new HashMap<>();
    final Limits limits = limit -> changedLimits.getOrDefault(limit, limit.usual());
    final PasswordDoor door = new PasswordDoor(new PlainPasswords(), limiter);
    final SocketTickets tickets = new SocketTickets(new InMemoryEphemeral(clock), ids);
    final MeetingService meetings = new MeetingService(plans, live, new PlainPasswords(), limits, ids, clock);
    final GuestService guests = new GuestService(plans, live, door, this::issueAccess, limiter, ids);
    final JoinService joining = new JoinService(
            plans,
            live,
            meetings,
            door,
            new JoinPass(this::issueMedia, tickets, "[]", "ws://localhost/ws/signaling"),
            media,
            invited,
            news,
            clock);
    final ModerationDesk desk = new ModerationDesk(live, news);
    final MeetingEnd ending = new MeetingEnd(plans, live, media, clock);
    final ModerationService moderation = new ModerationService(plans, live, desk, media, ending, clock);
    final MeetingSweep sweep = new MeetingSweep(
            live, ending, media, news, this::keep, clock, Duration.ofMinutes(10), Duration.ofMinutes(2));
    final RoleService roles = new RoleService(live, desk, media);
    final InvitationService invitations = new InvitationService(
            plans,
            desk,
            invited,
            invited,
            told::add,
            noted::add,
            new Calendar("https://meet.example.org/"),
            limiter,
            limits,
            ids,
            clock);
    final InMemoryBreakouts rooms = new InMemoryBreakouts();
    final BreakoutService breakouts = new BreakoutService(live, desk, rooms, media, ids, clock);
    final PollService polls = new PollService(live, desk, new InMemoryPolls(), news, ids, clock);

    final Principal host = user("u_host");
    final Principal ana = user("u_ana");
    final Principal ben = user("u_ben");

    static Principal user(String id) {
        return new Principal(id, "s_" + id, Role.USER, id, 0, Optional.empty(), Optional.empty());
    }

    private void keep(String act, String subject, Map<String, String> details, Runnable work) {
        if (chronicleAway) {
            throw Errors.STORE_UNAVAILABLE.exception();
        }
        String entry = act + " " + subject + " " + new TreeMap<>(details) + " ";
        try {
            work.run();
        } catch (ApiException e) {
            kept.add(entry + e.code());
            throw e;
        }
        kept.add(entry + "done");
    }

    static MeetingDraft draft(String title) {
        return new MeetingDraft(title, null, null, null, null, null, null, null);
    }

    static MeetingDraft draft(int maxParticipants, String password, Boolean requireApproval) {
        return new MeetingDraft(
                "Standup",
                null,
                null,
                null,
                maxParticipants,
                null,
                password,
                new MeetingSettings(null, null, null, null, null, null, null, requireApproval, null));
    }

    /** A live meeting of {@link #host}'s. */
    String started(MeetingDraft draft) {
        String id = meetings.create(host, draft).id();
        meetings.start(host, id);
        return id;
    }

    JoinOutcome ask(Principal who, String meetingId) {
        return joining.join(who, meetingId, new JoinRequest(null, null), Optional.empty());
    }

    JoinReply join(Principal who, String meetingId) {
        JoinOutcome outcome = ask(who, meetingId);
        assertThat(outcome).isInstanceOf(JoinOutcome.Joined.class);
        return ((JoinOutcome.Joined) outcome).reply();
    }

    GuestPass pass(String meetingId, String name, String key) {
        return guests.enter(meetingId, new GuestRequest(name, null, key), "192.0.2.1");
    }

    /** A guest with a token for the meeting. */
    Principal guest(String meetingId, String name) {
        return principal(pass(meetingId, name, null));
    }

    Principal principal(GuestPass pass) {
        return accessTokens.get(pass.token()).principal();
    }

    private IssuedToken issueAccess(Audience audience, AccessClaims claims) {
        String token = "access-" + accessTokens.size();
        accessTokens.put(token, claims);
        return new IssuedToken(token, clock.instant().plus(Duration.ofMinutes(10)));
    }

    private IssuedToken issueMedia(Audience audience, MediaClaims claims) {
        String token = audience.value() + "#" + mediaTokens.size();
        mediaTokens.put(token, claims);
        return new IssuedToken(token, clock.instant().plus(Duration.ofMinutes(1)));
    }

    static Consumer<Throwable> refused(MeetingErrors error) {
        return refused(error.status(), error.code());
    }

    static Consumer<Throwable> refused(int status, String code) {
        return thrown -> {
            assertThat(thrown).isInstanceOf(ApiException.class);
            assertThat(((ApiException) thrown).code()).isEqualTo(code);
            assertThat(((ApiException) thrown).status()).isEqualTo(status);
        };
    }
}
