package dev.parley.meetings.dynamo;

import dev.parley.kernel.OutboxEvent;
import dev.parley.meetings.LiveMeeting;
import dev.parley.meetings.Participant;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.OutboxItems;
import dev.parley.platform.dynamo.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What is told of meetings, as items of the MeetingEvents table to be written together with what they tell of. {@code owner_id} is whose
 * webhooks hear of it: the host at that moment. An event's id is made of what happened, so that it can happen, and be told, only once.
 */
final class MeetingEvents {
    private final String table;
    private final InstantSource clock;

    MeetingEvents(Dynamo dynamo, InstantSource clock) {
        this.table = dynamo.name(Tables.MEETING_EVENTS);
        this.clock = clock;
    }

    TransactWriteItem started(LiveMeeting meeting) {
        return write(
                "meeting.started", meeting, String.valueOf(meeting.startedAt().toEpochMilli()), Map.of());
    }

    TransactWriteItem ended(LiveMeeting meeting) {
        Instant endedAt = meeting.endedAt().orElseGet(clock::instant);
        return write(
                "meeting.ended",
                meeting,
                String.valueOf(meeting.startedAt().toEpochMilli()),
                Map.of("ended_at", endedAt.toString()));
    }

    TransactWriteItem joined(LiveMeeting meeting, Participant person) {
        return write("participant.joined", meeting, revision(person), participant(person));
    }

    TransactWriteItem left(LiveMeeting meeting, Participant person) {
        Map<String, String> data = new HashMap<>(participant(person));
        data.put("left_at", person.leftAt().orElseGet(clock::instant).toString());
        data.put("reason", person.state().wire());
        return write("participant.left", meeting, revision(person), data);
    }

    private static Map<String, String> participant(Participant person) {
        Map<String, String> data = new HashMap<>();
        data.put("participant_id", person.participantId());
        data.put("user_id", person.userId());
        data.put("name", person.displayName());
        data.put("role", person.role().wire());
        person.joinedAt().ifPresent(at -> data.put("joined_at", at.toString()));
        return data;
    }

    /** The meeting's start is part of it: the numbers of people begin again when a series takes place the next time. */
    private static String revision(Participant person) {
        return person.participantId() + "#" + person.csrc() + "#" + person.revision();
    }

    private TransactWriteItem write(String type, LiveMeeting meeting, String what, Map<String, String> more) {
        Map<String, String> data = new HashMap<>(more);
        data.put("owner_id", meeting.hostId());
        data.put("host_id", meeting.hostId());
        data.put("title", meeting.title());
        data.put("started_at", meeting.startedAt().toString());
        if (meeting.repeats()) {
            data.put("occurrence", String.valueOf(meeting.occurrence()));
        }
        OutboxEvent event = OutboxEvent.once(
                type, meeting.meetingId(), meeting.startedAt().toEpochMilli() + "|" + what, clock.instant(), data);
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(OutboxItems.of(event)))
                .build();
    }
}
