package dev.parley.meetings.function;

import dev.parley.kernel.Actor;
import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limits;
import dev.parley.kernel.Outbox;
import dev.parley.kernel.PasswordHasher;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.kernel.SocketTickets;
import dev.parley.meetings.AccountRemoval;
import dev.parley.meetings.BreakoutService;
import dev.parley.meetings.Calendar;
import dev.parley.meetings.GuestService;
import dev.parley.meetings.InvitationKeys;
import dev.parley.meetings.InvitationService;
import dev.parley.meetings.JoinPass;
import dev.parley.meetings.JoinService;
import dev.parley.meetings.LiveMeetings;
import dev.parley.meetings.MeetingEnd;
import dev.parley.meetings.MeetingNews;
import dev.parley.meetings.MeetingRepository;
import dev.parley.meetings.MeetingSearch;
import dev.parley.meetings.MeetingService;
import dev.parley.meetings.MeetingSweep;
import dev.parley.meetings.ModerationDesk;
import dev.parley.meetings.ModerationService;
import dev.parley.meetings.PasswordDoor;
import dev.parley.meetings.PollService;
import dev.parley.meetings.QualityHistory;
import dev.parley.meetings.QualityRemoval;
import dev.parley.meetings.QualityService;
import dev.parley.meetings.RoleService;
import dev.parley.meetings.RoomMedia;
import dev.parley.meetings.dynamo.DynamoBreakouts;
import dev.parley.meetings.dynamo.DynamoInvitationKeys;
import dev.parley.meetings.dynamo.DynamoLiveMeetings;
import dev.parley.meetings.dynamo.DynamoPolls;
import dev.parley.meetings.dynamo.DynamoQualityHistory;
import dev.parley.meetings.postgres.PostgresInvitations;
import dev.parley.meetings.postgres.PostgresMeetingRegister;
import dev.parley.meetings.postgres.PostgresMeetings;
import dev.parley.platform.audit.AuditTrail;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.crypto.Argon2Hasher;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.crypto.KeySource;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.dynamo.DynamoInbox;
import dev.parley.platform.dynamo.DynamoLimits;
import dev.parley.platform.dynamo.DynamoOutbox;
import dev.parley.platform.dynamo.DynamoRateLimiter;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.lambda.JsonLog;
import dev.parley.platform.lambda.LambdaFunction;
import dev.parley.platform.lambda.Routes;
import dev.parley.platform.nodes.DynamoLeases;
import dev.parley.platform.nodes.DynamoPlacements;
import dev.parley.platform.nodes.Leases;
import dev.parley.platform.nodes.NodeClient;
import dev.parley.platform.nodes.Placements;
import dev.parley.platform.postgres.Postgres;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Meetings behind API Gateway. */
public final class MeetingsFunction extends LambdaFunction {
    @Override
    protected EventRouter wire(Settings settings) {
        return router(settings, InstantSource.system());
    }

    @Override
    protected List<Runnable> ahead() {
        return List.of(
                AwsClients::loadAhead,
                JwtVerifier::loadAhead,
                Dynamo::loadAhead,
                () -> Postgres.loadAhead("meetings"),
                AwsClients::loadTrustAhead);
    }

    static EventRouter router(Settings settings, InstantSource clock) {
        JsonLog log = JsonLog.standard("meetings", clock);
        SecureRandom random = new SecureRandom();
        KeyFolder keys = KeyFolder.of(settings);
        KeySource access = keys.source(KeyFolder.Name.ACCESS, clock);
        Dynamo dynamo = Dynamo.of(settings);
        Ids ids = new Ids(random);

        Postgres postgres = Postgres.of(settings, "meetings");
        MeetingRepository plans = new PostgresMeetings(postgres);
        LiveMeetings live = new DynamoLiveMeetings(dynamo, clock, random);
        Leases leases = new DynamoLeases(dynamo, clock);
        Placements placements = new DynamoPlacements(dynamo, clock);
        RoomMedia media = new PlacedRoomMedia(
                leases, placements, new NodeClient(JwtIssuer.node(keys.source(KeyFolder.Name.NODE, clock), clock)));
        PasswordHasher passwords = new Argon2Hasher(random);
        Limits limits = new DynamoLimits(dynamo, clock);
        RateLimiter limiter = DynamoRateLimiter.of(settings, dynamo, clock, limits);
        PasswordDoor door = new PasswordDoor(passwords, limiter);
        JoinPass pass = new JoinPass(
                JwtIssuer.media(keys.source(KeyFolder.Name.MEDIA, clock), clock),
                new SocketTickets(new DynamoEphemeral(dynamo, clock), ids),
                settings.text(SettingKeys.ICE_SERVERS, "[]"),
                settings.required(SettingKeys.WS_URL));

        Outbox outbox = new DynamoOutbox(dynamo);
        MeetingNews news = new MeetingNews(outbox, ids, clock);
        ModerationDesk desk = new ModerationDesk(live, news);
        MeetingEnd ending = new MeetingEnd(plans, live, media, clock);
        InvitationKeys keysOfInvitations = new DynamoInvitationKeys(dynamo, clock);
        InvitationService invitations = new InvitationService(
                plans,
                desk,
                new PostgresInvitations(postgres),
                keysOfInvitations,
                outbox,
                new DynamoInbox(dynamo),
                new Calendar(settings.required(SettingKeys.PUBLIC_URL)),
                limiter,
                limits,
                ids,
                clock);
        PollApi polls = new PollApi(new PollService(live, desk, new DynamoPolls(dynamo, clock), news, ids, clock));
        MeetingService meetings = new MeetingService(plans, live, passwords, limits, ids, clock);
        MeetingViews views = new MeetingViews(clock, settings.required(SettingKeys.PUBLIC_URL));
        ModerationService moderation = new ModerationService(plans, live, desk, media, ending, clock);
        MeetingApi api = new MeetingApi(
                meetings,
                new MeetingSearch(plans, limiter),
                new GuestService(plans, live, door, JwtIssuer.access(access, clock), limiter, ids),
                new JoinService(plans, live, meetings, door, pass, media, keysOfInvitations, news, clock),
                moderation,
                invitations,
                views);
        AuditTrail trail = new AuditTrail(new DynamoInbox(dynamo), ids, clock, why -> log.warn(why, Map.of()));
        ModerationApi acts = new ModerationApi(moderation, new RoleService(live, desk, media), views, trail);
        BreakoutApi breakouts = new BreakoutApi(
                new BreakoutService(live, desk, new DynamoBreakouts(dynamo, clock), media, ids, clock),
                moderation,
                trail);
        Revocations revocations = new EphemeralRevocations(new DynamoEphemeral(dynamo, clock), clock);
        Routes.Builder routes =
                polls.addTo(api.addTo(Routes.builder(JwtVerifier.access(access, clock), revocations, clock, log)));
        acts.addTo(routes);
        breakouts.addTo(routes);
        QualityHistory quality = new DynamoQualityHistory(dynamo, clock);
        new QualityApi(new QualityService(plans, live, desk, quality)).addTo(routes);
        new OverviewApi(new PostgresMeetingRegister(postgres), live, placements, leases, clock).addTo(routes);
        AccountRemoval removal = new AccountRemoval(live, media, clock);
        QualityRemoval forgetting = new QualityRemoval(live, plans, quality, clock);
        MeetingSweep sweep = new MeetingSweep(
                live,
                ending,
                media,
                news,
                (act, subject, details, work) ->
                        trail.during(Actor.system(ids.opaque("r_")), act, subject, details, () -> {
                            work.run();
                            return subject;
                        }),
                clock,
                settings.duration(SettingKeys.MEETING_EMPTY_AFTER, Duration.ofMinutes(10)),
                settings.duration(SettingKeys.MEETING_HOST_AWAY, Duration.ofMinutes(2)));
        return EventRouter.builder(log)
                .beforeSnapshot("database", postgres::rehearse)
                .beforeSnapshot("tables", dynamo::rehearse)
                .rest(routes.build())
                .outbox(event -> {
                    // Out of every meeting first, so that nothing more is written of them.
                    removal.accept(event);
                    forgetting.accept(event);
                })
                .schedule(() -> report(sweep.sweep(), log))
                .build();
    }

    private static void report(MeetingSweep.Swept swept, JsonLog log) {
        if (swept.ended() + swept.handedOver() + swept.failed() > 0) {
            log.info(
                    "meetings swept",
                    Map.of(
                            "seen", swept.seen(),
                            "ended", swept.ended(),
                            "handed_over", swept.handedOver(),
                            "failed", swept.failed()));
        }
    }
}
