package dev.parley.meetings;

import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.InvitationRequest;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limit;
import dev.parley.kernel.Limits;
import dev.parley.kernel.Outbox;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Principal;
import dev.parley.kernel.RateLimiter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Invites people by mail. Who is invited is written first and told through the outbox second, by an event whose id is the same each time:
 * what could not be told is told by inviting again, and nobody gets two mails of one kind.
 */
public final class InvitationService {
    private static final int MOST_AT_ONCE = 50;
    private static final int MOST_ADDRESS = 254;
    /** Enough to tell an address from a mistake; whether it exists only a mail can tell. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

    private static final Set<String> LOCALES = Set.of("en", "zh");

    private final MeetingRepository meetings;
    private final ModerationDesk desk;
    private final Invitations invitations;
    private final InvitationKeys keys;
    private final Outbox outbox;
    private final Outbox inbox;
    private final Calendar calendar;
    private final RateLimiter limiter;
    private final Limits limits;
    private final Ids ids;
    private final InstantSource clock;

    /**
     * @param outbox what mail is sent from
     * @param inbox what identity reads, who knows whether an address is an account's
     */
    public InvitationService(
            MeetingRepository meetings,
            ModerationDesk desk,
            Invitations invitations,
            InvitationKeys keys,
            Outbox outbox,
            Outbox inbox,
            Calendar calendar,
            RateLimiter limiter,
            Limits limits,
            Ids ids,
            InstantSource clock) {
        this.meetings = Objects.requireNonNull(meetings);
        this.desk = Objects.requireNonNull(desk);
        this.invitations = Objects.requireNonNull(invitations);
        this.keys = Objects.requireNonNull(keys);
        this.outbox = Objects.requireNonNull(outbox);
        this.inbox = Objects.requireNonNull(inbox);
        this.calendar = Objects.requireNonNull(calendar);
        this.limiter = Objects.requireNonNull(limiter);
        this.limits = Objects.requireNonNull(limits);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Invites addresses that are not invited yet, and tells those who were not told. @return everybody invited */
    public List<Invitation> invite(Principal caller, String meetingId, InvitationRequest request) {
        Meeting meeting = inviting(caller, meetingId);
        MeetingService.refuseIfOver(meeting);
        Set<String> emails = addresses(request);
        String locale = request.locale() == null ? "en" : request.locale();
        if (!LOCALES.contains(locale)) {
            throw MeetingErrors.LOCALE.about("locale");
        }
        // Per account: a stolen one sends no flood.
        limiter.check("invitations#" + caller.userId(), Limit.ACCOUNT_INVITATIONS);
        Map<String, Invitation> present =
                invitations.of(meetingId).stream().collect(Collectors.toMap(Invitation::email, one -> one));
        List<Invitation> added = new ArrayList<>();
        for (String email : emails) {
            if (!present.containsKey(email)) {
                added.add(new Invitation(ids.opaque("i_"), meetingId, email, ids.secret(), locale, clock.instant(), 0));
            }
        }
        if (present.size() + added.size() > limits.of(Limit.MEETING_INVITATIONS)) {
            throw MeetingErrors.TOO_MANY_INVITED.exception();
        }
        invitations.add(added);
        List<Invitation> all = invitations.of(meetingId);
        all.stream().filter(one -> one.told() == 0).forEach(one -> tell(meeting, one));
        return all;
    }

    /** Everybody who was invited. */
    public List<Invitation> list(Principal caller, String meetingId) {
        inviting(caller, meetingId);
        return invitations.of(meetingId);
    }

    /** Takes an invitation back, and says so to whoever was told of it. Doing it twice is doing it once. */
    public void withdraw(Principal caller, String meetingId, String invitationId) {
        Meeting meeting = inviting(caller, meetingId);
        invitations.remove(meetingId, invitationId).ifPresent(gone -> {
            keys.forget(meetingId, gone.key());
            if (gone.told() > 0) {
                cancelled(meeting, gone);
            }
        });
    }

    /** Tells everybody invited that the plan is another now, if it is for them. */
    public void changed(Meeting before, Meeting after) {
        boolean same = before.title().equals(after.title())
                && before.description().equals(after.description())
                && before.startTime().equals(after.startTime())
                && before.endTime().equals(after.endTime())
                && before.series().equals(after.series());
        if (!same) {
            invitations.of(after.id()).forEach(one -> tell(after, one));
        }
    }

    /** Tells everybody invited that the meeting does not take place. */
    public void cancelled(Meeting meeting) {
        invitations.of(meeting.id()).stream().filter(one -> one.told() > 0).forEach(one -> cancelled(meeting, one));
    }

    /** The meeting for the caller's own calendar. */
    public String calendar(Meeting meeting) {
        return calendar.write(
                meeting, Calendar.Method.PUBLISH, Optional.empty(), calendar.link(meeting), clock.instant());
    }

    private void tell(Meeting meeting, Invitation one) {
        keys.allow(meeting.id(), one.key());
        append("mail.invitation", Calendar.Method.REQUEST, meeting, one);
        note("invitation.sent", one.told() == 0 ? "invited" : "changed", meeting, one);
        invitations.told(one.id(), meeting.version());
    }

    private void cancelled(Meeting meeting, Invitation one) {
        append("mail.invitation_cancelled", Calendar.Method.CANCEL, meeting, one);
        note("invitation.cancelled", "cancelled", meeting, one);
    }

    /** For whoever has an account of that address. Without the link's secret: an account's address was never tried. */
    private void note(String type, String what, Meeting meeting, Invitation one) {
        Map<String, String> data = new HashMap<>();
        data.put("email", one.email());
        data.put("what", what);
        data.put("by", meeting.hostId());
        data.put("meeting_id", meeting.id());
        data.put("title", meeting.title());
        data.put("starts", meeting.startTime().map(Object::toString).orElse(""));
        inbox.append(OutboxEvent.once(
                type, meeting.id(), one.id() + "|" + meeting.version() + "|" + what, clock.instant(), data));
    }

    private void append(String type, Calendar.Method method, Meeting meeting, Invitation one) {
        String link = calendar.link(meeting) + "?i=" + one.key();
        Map<String, String> data = new HashMap<>();
        data.put("email", one.email());
        data.put("name", meeting.hostName());
        data.put("meeting_id", meeting.id());
        data.put("title", meeting.title());
        data.put("starts", meeting.startTime().map(Object::toString).orElse(""));
        data.put("link", link);
        data.put("locale", one.locale());
        data.put(
                "ics",
                meeting.startTime().isEmpty()
                        ? ""
                        : calendar.write(meeting, method, Optional.of(one.email()), link, clock.instant()));
        String id =
                "e_" + one.id() + "_" + meeting.version() + "_" + method.name().toLowerCase(Locale.ROOT);
        outbox.append(new OutboxEvent(id, type, meeting.id(), clock.instant(), data));
    }

    private static Set<String> addresses(InvitationRequest request) {
        List<String> asked = request.emails() == null ? List.of() : request.emails();
        Set<String> emails = new LinkedHashSet<>();
        for (String email : asked) {
            String address = email == null ? "" : email.strip().toLowerCase(Locale.ROOT);
            if (address.length() > MOST_ADDRESS || !ADDRESS.matcher(address).matches()) {
                throw MeetingErrors.EMAILS.about("emails");
            }
            emails.add(address);
        }
        if (emails.isEmpty() || emails.size() > MOST_AT_ONCE) {
            throw MeetingErrors.EMAILS.about("emails");
        }
        return emails;
    }

    /** The plan, if the caller may invite to it: whoever planned it, and its hosts while it goes on. */
    private Meeting inviting(Principal caller, String meetingId) {
        Optional<LiveMeeting> room = desk.address(caller, meetingId).filter(LiveMeeting::active);
        Meeting plan = meetings.find(meetingId).orElseThrow(MeetingErrors.NOT_FOUND::exception);
        boolean may = MeetingService.hosts(caller, plan.hostId())
                || MeetingService.looksAfterMeetings(caller)
                || room.filter(one -> desk.role(caller, one).may(Capability.INVITE))
                        .isPresent();
        if (!may) {
            throw MeetingErrors.NOT_HOST.exception();
        }
        return plan.upToDate(clock.instant());
    }
}
