package dev.parley.meetings;

import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.MeetingSettings;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A meeting while it goes on: what every decision about people is taken from.
 *
 * @param lobby a kick turned it on: guests who were not in before must wait
 * @param joined seats taken
 * @param admission rises with every kick and every change of role
 * @param acts rises with every change other than of {@code joined}: the condition of the next change
 * @param occurrence which time of a series this is, from 1; 0 of a meeting that takes place once
 */
public record LiveMeeting(
        String meetingId,
        String title,
        String hostId,
        MeetingType type,
        boolean active,
        boolean locked,
        boolean lobby,
        int maxParticipants,
        int joined,
        Optional<String> passwordHash,
        MeetingSettings settings,
        long admission,
        Set<String> deniedUsers,
        Set<String> deniedKeys,
        Instant startedAt,
        Optional<Instant> endedAt,
        long acts,
        int occurrence) {
    public LiveMeeting {
        deniedUsers = Set.copyOf(deniedUsers);
        deniedKeys = Set.copyOf(deniedKeys);
    }

    /** A meeting as it starts: nobody in it, nobody removed. */
    public static LiveMeeting of(Meeting meeting, Instant now) {
        return new LiveMeeting(
                meeting.id(),
                meeting.title(),
                meeting.hostId(),
                meeting.type(),
                true,
                false,
                false,
                meeting.maxParticipants(),
                0,
                meeting.passwordHash(),
                meeting.settings(),
                0,
                Set.of(),
                Set.of(),
                meeting.startedAt().orElse(now),
                Optional.empty(),
                1,
                meeting.series().map(Series::occurrence).orElse(0));
    }

    /** Whether this person was removed. */
    public boolean denies(String userId, Optional<String> guestKey) {
        return deniedUsers.contains(userId)
                || guestKey.filter(deniedKeys::contains).isPresent();
    }

    /** Whether somebody of this role who was not in before must wait to be admitted. */
    public boolean holds(MeetingRole role) {
        return role != MeetingRole.HOST
                && (Boolean.TRUE.equals(settings.requireApproval()) || (lobby && role == MeetingRole.GUEST));
    }

    /** Whether the same code is for another time after this one. */
    public boolean repeats() {
        return occurrence > 0;
    }

    /** Locked or open again. */
    public LiveMeeting withLock(boolean lock) {
        return with(active, lock, lobby, admission, deniedUsers, deniedKeys, endedAt);
    }

    /** Without this person, for good; new guests wait from now on. */
    public LiveMeeting without(Participant person) {
        Set<String> users = new HashSet<>(deniedUsers);
        users.add(person.userId());
        Set<String> keys = new HashSet<>(deniedKeys);
        person.guestKey().ifPresent(keys::add);
        return with(active, locked, true, admission + 1, users, keys, endedAt);
    }

    /** With somebody in another role: media tokens written before are overruled. */
    public LiveMeeting reranked() {
        return with(active, locked, lobby, admission + 1, deniedUsers, deniedKeys, endedAt);
    }

    /** With another host. */
    public LiveMeeting handedTo(String userId) {
        return new LiveMeeting(
                meetingId,
                title,
                userId,
                type,
                active,
                locked,
                lobby,
                maxParticipants,
                joined,
                passwordHash,
                settings,
                admission + 1,
                deniedUsers,
                deniedKeys,
                startedAt,
                endedAt,
                acts + 1,
                occurrence);
    }

    /** Over. */
    public LiveMeeting ended(Instant now) {
        return with(false, locked, lobby, admission, deniedUsers, deniedKeys, Optional.of(now));
    }

    /** With the plan's title, limit, password and settings as they are now. */
    public LiveMeeting following(Meeting plan) {
        return new LiveMeeting(
                meetingId,
                plan.title(),
                hostId,
                plan.type(),
                active,
                locked,
                lobby,
                plan.maxParticipants(),
                joined,
                plan.passwordHash(),
                plan.settings(),
                admission,
                deniedUsers,
                deniedKeys,
                startedAt,
                endedAt,
                acts + 1,
                plan.series().map(Series::occurrence).orElse(0));
    }

    private LiveMeeting with(
            boolean isActive,
            boolean isLocked,
            boolean hasLobby,
            long admissionNow,
            Set<String> users,
            Set<String> keys,
            Optional<Instant> ended) {
        return new LiveMeeting(
                meetingId,
                title,
                hostId,
                type,
                isActive,
                isLocked,
                hasLobby,
                maxParticipants,
                joined,
                passwordHash,
                settings,
                admissionNow,
                users,
                keys,
                startedAt,
                ended,
                acts + 1,
                occurrence);
    }
}
