package dev.parley.meetings;

import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.meetings.QualityPage;
import dev.parley.contracts.meetings.QualityPerson;
import dev.parley.contracts.meetings.QualitySample;
import dev.parley.kernel.Bookmark;
import dev.parley.kernel.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads how people's connections did in a meeting: hosts and co-hosts, and who looks after meetings, of everybody; whoever was in, of
 * themselves.
 */
public final class QualityService {
    /** What one sample covers. */
    private static final int BUCKET_SECONDS = 10;
    /** One reply is at most about a megabyte: a minute of the largest node fits. */
    private static final int MOST_SAMPLES = 5_000;

    private final MeetingRepository meetings;
    private final LiveMeetings live;
    private final ModerationDesk desk;
    private final QualityHistory history;

    public QualityService(MeetingRepository meetings, LiveMeetings live, ModerationDesk desk, QualityHistory history) {
        this.meetings = Objects.requireNonNull(meetings);
        this.live = Objects.requireNonNull(live);
        this.desk = Objects.requireNonNull(desk);
        this.history = Objects.requireNonNull(history);
    }

    /**
     * The latest samples first.
     *
     * @param since of minutes that were not over by then; empty for all that is kept
     * @param after where the last reply left off
     * @param minutes how many a reply has at most
     * @throws dev.parley.kernel.ApiException 404 {@code meeting.not_found}, 403 {@code meeting.not_participant}, 503
     */
    public QualityPage read(
            Principal caller, String meetingId, Optional<Instant> since, Optional<Bookmark> after, int minutes) {
        Optional<String> only = seesAll(caller, meetingId)
                ? Optional.empty()
                : Optional.of(ParticipantIds.of(meetingId, caller.userId()));
        List<QualityHistory.Entry> entries = history.of(meetingId, since.orElse(Instant.EPOCH), after, minutes + 1);
        Map<String, QualityPerson> people = new HashMap<>();
        List<QualitySample> samples = new ArrayList<>();
        Bookmark last = null;
        for (QualityHistory.Entry entry : entries.subList(0, Math.min(entries.size(), minutes))) {
            List<QualitySample> shown = entry.samples().stream()
                    .filter(sample -> only.filter(who -> !who.equals(sample.participantId()))
                            .isEmpty())
                    .toList();
            if (last != null && samples.size() + shown.size() > MOST_SAMPLES) {
                return page(people, samples, last);
            }
            samples.addAll(shown);
            entry.people().stream()
                    .filter(person -> only.filter(who -> !who.equals(person.participantId()))
                            .isEmpty())
                    .forEach(person -> people.putIfAbsent(person.participantId(), person));
            last = entry.place();
        }
        return page(people, samples, entries.size() > minutes ? last : null);
    }

    private static QualityPage page(Map<String, QualityPerson> people, List<QualitySample> samples, Bookmark rest) {
        return new QualityPage(
                BUCKET_SECONDS, List.copyOf(people.values()), List.copyOf(samples), rest == null ? null : rest.text());
    }

    /** Whether the caller reads of everybody; refuses who may read nothing. */
    private boolean seesAll(Principal caller, String meetingId) {
        Optional<LiveMeeting> room = desk.address(caller, meetingId);
        String hostId;
        Optional<Participant> own;
        if (room.isPresent()) {
            hostId = room.get().hostId();
            own = live.participant(meetingId, ParticipantIds.of(meetingId, caller.userId()));
        } else {
            hostId = meetings.find(meetingId)
                    .orElseThrow(MeetingErrors.NOT_FOUND::exception)
                    .hostId();
            own = meetings.people(meetingId).stream()
                    .filter(person -> person.userId().equals(caller.userId()))
                    .findFirst();
        }
        if (MeetingService.hosts(caller, hostId) || MeetingService.looksAfterMeetings(caller)) {
            return true;
        }
        MeetingRole role = own.filter(QualityService::wasIn)
                .map(Participant::role)
                .orElseThrow(MeetingErrors.NOT_PARTICIPANT::exception);
        return role.may(Capability.MODERATE);
    }

    /** Who has left is still who they were; who was removed is nobody. */
    private static boolean wasIn(Participant person) {
        return person.csrc() > 0
                && (person.state() == ParticipantState.JOINED || person.state() == ParticipantState.LEFT);
    }
}
