package dev.parley.contracts.meetings;

/**
 * {@code POST /meetings} and {@code PUT /meetings/{id}}. In a {@code PUT} an absent field stays as it is.
 *
 * @param title 1..200 characters, required on creation
 * @param startTime RFC 3339; absent on creation means an instant meeting
 * @param endTime RFC 3339, after the start
 * @param maxParticipants 1..1000, 100 when absent
 * @param meetingType {@code video} (when absent) or {@code audio}
 * @param recurrence needs a start time
 * @param password up to 128 characters; an empty one in a {@code PUT} takes the password away
 */
public record MeetingDraft(
        String title,
        String description,
        String startTime,
        String endTime,
        Integer maxParticipants,
        String meetingType,
        String password,
        MeetingSettings settings,
        RecurrenceDraft recurrence) {
    /** A meeting that takes place once, or a change that leaves that as it is. */
    public MeetingDraft(
            String title,
            String description,
            String startTime,
            String endTime,
            Integer maxParticipants,
            String meetingType,
            String password,
            MeetingSettings settings) {
        this(title, description, startTime, endTime, maxParticipants, meetingType, password, settings, null);
    }
}
