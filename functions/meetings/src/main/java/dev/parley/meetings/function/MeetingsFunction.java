package dev.parley.meetings.function;

import dev.parley.kernel.Ids;
import dev.parley.kernel.PasswordHasher;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.kernel.SocketTickets;
import dev.parley.meetings.GuestService;
import dev.parley.meetings.JoinPass;
import dev.parley.meetings.JoinService;
import dev.parley.meetings.LiveMeetings;
import dev.parley.meetings.MeetingRepository;
import dev.parley.meetings.MeetingService;
import dev.parley.meetings.ModerationService;
import dev.parley.meetings.PasswordDoor;
import dev.parley.meetings.RoomMedia;
import dev.parley.meetings.dynamo.DynamoLiveMeetings;
import dev.parley.meetings.postgres.PostgresMeetings;
import dev.parley.platform.crypto.Argon2Hasher;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.crypto.KeySource;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.dynamo.DynamoRateLimiter;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.lambda.JsonLog;
import dev.parley.platform.lambda.LambdaFunction;
import dev.parley.platform.lambda.Routes;
import dev.parley.platform.nodes.DynamoLeases;
import dev.parley.platform.nodes.DynamoPlacements;
import dev.parley.platform.nodes.NodeClient;
import dev.parley.platform.postgres.Postgres;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.boot.SpringBootConfiguration;

/** Meetings behind API Gateway. */
@SpringBootConfiguration(proxyBeanMethods = false)
public final class MeetingsFunction extends LambdaFunction {
    @Override
    protected EventRouter wire(Settings settings) {
        return router(settings, InstantSource.system());
    }

    static EventRouter router(Settings settings, InstantSource clock) {
        JsonLog log = JsonLog.standard("meetings", clock);
        SecureRandom random = new SecureRandom();
        KeyFolder keys = KeyFolder.of(settings);
        KeySource access = keys.source(KeyFolder.Name.ACCESS, clock);
        Dynamo dynamo = Dynamo.of(settings);
        Ids ids = new Ids(random);

        MeetingRepository plans = new PostgresMeetings(Postgres.of(settings, "meetings"));
        LiveMeetings live = new DynamoLiveMeetings(dynamo, clock, random);
        RoomMedia media = new PlacedRoomMedia(
                new DynamoLeases(dynamo, clock),
                new DynamoPlacements(dynamo, clock),
                new NodeClient(JwtIssuer.node(keys.source(KeyFolder.Name.NODE, clock), clock)));
        PasswordHasher passwords = new Argon2Hasher(random);
        RateLimiter limiter = DynamoRateLimiter.of(settings, dynamo, clock);
        PasswordDoor door = new PasswordDoor(passwords, limiter);
        JoinPass pass = new JoinPass(
                JwtIssuer.media(keys.source(KeyFolder.Name.MEDIA, clock), clock),
                new SocketTickets(new DynamoEphemeral(dynamo, clock), ids),
                settings.text(SettingKeys.ICE_SERVERS, "[]"),
                settings.required(SettingKeys.WS_URL));

        MeetingService meetings = new MeetingService(plans, live, passwords, ids, clock);
        MeetingApi api = new MeetingApi(
                meetings,
                new GuestService(plans, live, door, JwtIssuer.access(access, clock), limiter, ids),
                new JoinService(plans, live, meetings, door, pass, media, clock),
                new ModerationService(plans, live, media, clock),
                settings.required(SettingKeys.PUBLIC_URL));
        Routes routes = api.addTo(Routes.builder(JwtVerifier.access(access, clock), clock, log))
                .build();
        return EventRouter.builder(log).rest(routes).build();
    }
}
