package dev.parley.webhooks;

import dev.parley.kernel.Errors;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The events that a webhook can want. */
public final class EventTypes {
    /** A meeting began. */
    public static final String MEETING_STARTED = "meeting.started";
    /** A meeting is over; whoever was still in is out. */
    public static final String MEETING_ENDED = "meeting.ended";
    /** Somebody took a seat. */
    public static final String PARTICIPANT_JOINED = "participant.joined";
    /** Somebody gave their seat up, or had to, while the meeting goes on. */
    public static final String PARTICIPANT_LEFT = "participant.left";
    /** Asked for by the owner, to see that it arrives. */
    public static final String TEST = "webhook.test";

    /** Stands for all of them, those to come included. */
    static final String EVERYTHING = "*";

    private static final List<String> WANTABLE =
            List.of(MEETING_STARTED, MEETING_ENDED, PARTICIPANT_JOINED, PARTICIPANT_LEFT);

    private EventTypes() {}

    /** @throws dev.parley.kernel.ApiException 400 {@code request.invalid} for {@code events} */
    static Set<String> checked(List<String> events) {
        if (events == null || events.isEmpty()) {
            throw Errors.invalid("events", "Name at least one event, or \"*\" for all of them.");
        }
        Set<String> wanted = new TreeSet<>();
        for (String event : events) {
            if (event == null || !event.equals(EVERYTHING) && !WANTABLE.contains(event)) {
                throw Errors.invalid("events", "The events are " + String.join(", ", WANTABLE) + " and *.");
            }
            wanted.add(event);
        }
        return wanted;
    }
}
