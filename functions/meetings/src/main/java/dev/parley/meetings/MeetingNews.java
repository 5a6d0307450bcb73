package dev.parley.meetings;

import dev.parley.contracts.meetings.HostAct;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Outbox;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Principal;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Tells the functions that have a way out what happened in a meeting: {@code meeting.changed} with {@code what} and whom it is about. News
 * make things quicker and never decide: what cannot be told now is found by whoever asks, so a store that does not answer is no failure of
 * the act.
 */
public final class MeetingNews {
    /** The event's type. */
    public static final String CHANGED = "meeting.changed";

    private final Outbox outbox;
    private final Ids ids;
    private final InstantSource clock;

    public MeetingNews(Outbox outbox, Ids ids, InstantSource clock) {
        this.outbox = Objects.requireNonNull(outbox);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Somebody acted on a meeting or on somebody in it. */
    void acted(Principal by, HostAct act) {
        Map<String, String> data = new HashMap<>();
        data.put("by", by.userId());
        if (act.userId() != null) {
            data.put("user_id", act.userId());
        }
        tell(act.meetingId(), act.act(), data);
    }

    /** Somebody waits in the lobby now. */
    void waits(String meetingId, Participant person) {
        tell(meetingId, "waiting", Map.of("user_id", person.userId()));
    }

    /** Something about the meeting is different. @param what one word */
    void changed(String meetingId, String what) {
        tell(meetingId, what, Map.of());
    }

    private void tell(String meetingId, String what, Map<String, String> more) {
        Map<String, String> data = new HashMap<>(more);
        data.put("meeting_id", meetingId);
        data.put("what", what);
        try {
            outbox.append(new OutboxEvent(ids.opaque("e_"), CHANGED, meetingId, clock.instant(), data));
        } catch (ApiException e) {
            // Not told now: clients that hear nothing ask by themselves.
            return;
        }
    }
}
