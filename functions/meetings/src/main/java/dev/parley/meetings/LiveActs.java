package dev.parley.meetings;

import java.util.function.UnaryOperator;

/** Changes a live meeting, looking again when somebody acted in between. */
final class LiveActs {
    /** More than that many acts at once on one meeting are a storm, and the last of it is told to try again. */
    static final int ATTEMPTS = 16;

    private LiveActs() {}

    /** @throws dev.parley.kernel.ApiException 410 {@code meeting.ended}, 409 {@code meeting.not_started} or {@code meeting.changed} */
    static LiveMeeting change(LiveMeetings live, String meetingId, UnaryOperator<LiveMeeting> act) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LiveMeeting after = act.apply(active(live, meetingId));
            if (live.change(after)) {
                return after;
            }
        }
        throw MeetingErrors.CHANGED.exception();
    }

    /** The meeting, if it is going on. */
    static LiveMeeting active(LiveMeetings live, String meetingId) {
        LiveMeeting meeting = live.find(meetingId).orElseThrow(MeetingErrors.NOT_STARTED::exception);
        if (!meeting.active()) {
            throw MeetingErrors.ENDED.exception();
        }
        return meeting;
    }
}
