package dev.parley.meetings.dynamo;

import dev.parley.contracts.Wire;
import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.meetings.LiveMeeting;
import dev.parley.meetings.MeetingType;
import dev.parley.meetings.Participant;
import dev.parley.meetings.ParticipantState;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.nodes.LiveRows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;

/** Live meetings and people as items of the LiveMeetings table, and back. Times are epoch milliseconds. */
final class LiveItems {
    static final String ACTS = "acts";
    static final String JOINED = LiveRows.SEATS_TAKEN;
    static final String MAX = "max_participants";
    static final String REVISION = LiveRows.REVISION;
    static final String NEXT_CSRC = "next_csrc";

    private static final String TYPE = "meeting_type";
    private static final String LOBBY = "lobby";
    private static final String OCCURRENCE = LiveRows.OCCURRENCE;
    private static final String PASSWORD_HASH = "password_hash";
    private static final String STARTED_AT = LiveRows.STARTED_AT;
    private static final String ENDED_AT = "ended_at";
    private static final String GUEST_KEY = "guest_key";
    private static final String CSRC_NUMBER = LiveRows.CSRC_NUMBER;
    private static final String JOINED_AT = LiveRows.JOINED_AT;
    private static final String LEFT_AT = LiveRows.LEFT_AT;

    /** Nothing of a meeting is collected before this, counted from its start. Its history is in PostgreSQL by then. */
    private static final Duration KEPT = Duration.ofDays(30);

    private LiveItems() {}

    /** Marks a meeting as one that a sweep must look at. */
    static Map<String, AttributeValue> unsettled(LiveMeeting meeting) {
        Map<String, AttributeValue> item = new HashMap<>(key(LiveRows.UNSETTLED, meeting.meetingId()));
        item.put(Tables.EXPIRES_AT, Items.expiry(meeting.startedAt().plus(KEPT)));
        return item;
    }

    static Map<String, AttributeValue> key(String meetingId, String item) {
        return Map.of(LiveRows.MEETING_ID, Items.text(meetingId), LiveRows.ITEM, Items.text(item));
    }

    static Map<String, AttributeValue> of(LiveMeeting meeting) {
        Map<String, AttributeValue> item = new HashMap<>(key(meeting.meetingId(), LiveRows.LIVE));
        item.putAll(changeable(meeting));
        item.put(JOINED, Items.number(meeting.joined()));
        item.put(OCCURRENCE, Items.number(meeting.occurrence()));
        item.put(STARTED_AT, Items.number(meeting.startedAt().toEpochMilli()));
        item.put(Tables.EXPIRES_AT, Items.expiry(meeting.startedAt().plus(KEPT)));
        return item;
    }

    /** What acts change: everything but the key, the start and the number of seats taken. */
    static Map<String, AttributeValue> changeable(LiveMeeting meeting) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(LiveRows.STATUS, Items.text(meeting.active() ? LiveRows.ACTIVE : LiveRows.ENDED));
        values.put(LiveRows.HOST_ID, Items.text(meeting.hostId()));
        values.put(LiveRows.TITLE, Items.text(meeting.title()));
        values.put(TYPE, Items.text(meeting.type().wire()));
        values.put(LiveRows.LOCKED, Items.flag(meeting.locked()));
        values.put(LOBBY, Items.flag(meeting.lobby()));
        values.put(MAX, Items.number(meeting.maxParticipants()));
        values.put(PASSWORD_HASH, Items.text(meeting.passwordHash().orElse("")));
        values.put(LiveRows.SETTINGS, Items.text(Wire.write(meeting.settings())));
        values.put(LiveRows.ADMISSION, Items.number(meeting.admission()));
        values.put(ACTS, Items.number(meeting.acts()));
        meeting.endedAt().ifPresent(at -> values.put(ENDED_AT, Items.number(at.toEpochMilli())));
        putTexts(values, LiveRows.DENIED_USERS, meeting.deniedUsers());
        putTexts(values, LiveRows.DENIED_KEYS, meeting.deniedKeys());
        return values;
    }

    static LiveMeeting meeting(Map<String, AttributeValue> item) {
        return new LiveMeeting(
                Items.requiredText(item, LiveRows.MEETING_ID),
                Items.requiredText(item, LiveRows.TITLE),
                Items.requiredText(item, LiveRows.HOST_ID),
                MeetingType.of(Items.requiredText(item, TYPE)).orElse(MeetingType.VIDEO),
                LiveRows.ACTIVE.equals(Items.requiredText(item, LiveRows.STATUS)),
                Items.flag(item, LiveRows.LOCKED),
                Items.flag(item, LOBBY),
                Math.toIntExact(Items.number(item, MAX, 0)),
                Math.toIntExact(Items.number(item, JOINED, 0)),
                Items.text(item, PASSWORD_HASH).filter(hash -> !hash.isEmpty()),
                Wire.read(Items.requiredText(item, LiveRows.SETTINGS), MeetingSettings.class),
                Items.number(item, LiveRows.ADMISSION, 0),
                texts(item, LiveRows.DENIED_USERS),
                texts(item, LiveRows.DENIED_KEYS),
                time(item, STARTED_AT).orElse(Instant.EPOCH),
                time(item, ENDED_AT),
                Items.number(item, ACTS, 0),
                Math.toIntExact(Items.number(item, OCCURRENCE, 0)));
    }

    static Map<String, AttributeValue> of(String meetingId, Participant person, Instant now) {
        Map<String, AttributeValue> item = new HashMap<>(key(meetingId, LiveRows.PARTICIPANT + person.participantId()));
        item.put(LiveRows.PARTICIPANT_ID, Items.text(person.participantId()));
        item.put(LiveRows.USER_ID, Items.text(person.userId()));
        person.guestKey().ifPresent(guestKey -> item.put(GUEST_KEY, Items.text(guestKey)));
        item.put(LiveRows.DISPLAY_NAME, Items.text(person.displayName()));
        item.put(LiveRows.ROLE, Items.text(person.role().wire()));
        item.put(LiveRows.STATE, Items.text(person.state().wire()));
        item.put(CSRC_NUMBER, Items.number(person.csrc()));
        person.joinedAt().ifPresent(at -> item.put(JOINED_AT, Items.number(at.toEpochMilli())));
        person.leftAt().ifPresent(at -> item.put(LEFT_AT, Items.number(at.toEpochMilli())));
        item.put(REVISION, Items.number(person.revision()));
        item.put(Tables.EXPIRES_AT, Items.expiry(now.plus(KEPT)));
        return item;
    }

    /** Writes a person, if they are as they were read. */
    static Put changed(String table, String meetingId, Optional<Participant> before, Participant after, Instant now) {
        Put.Builder put = Put.builder().tableName(table).item(of(meetingId, after, now));
        if (before.isEmpty()) {
            return put.conditionExpression("attribute_not_exists(meeting_id)").build();
        }
        return put.conditionExpression("revision = :revision")
                .expressionAttributeValues(
                        Map.of(":revision", Items.number(before.get().revision())))
                .build();
    }

    static Participant participant(Map<String, AttributeValue> item) {
        return new Participant(
                Items.requiredText(item, LiveRows.PARTICIPANT_ID),
                Items.requiredText(item, LiveRows.USER_ID),
                Items.text(item, GUEST_KEY),
                Items.requiredText(item, LiveRows.DISPLAY_NAME),
                MeetingRole.of(Items.requiredText(item, LiveRows.ROLE)),
                ParticipantState.of(Items.requiredText(item, LiveRows.STATE)),
                Math.toIntExact(Items.number(item, CSRC_NUMBER, 0)),
                time(item, JOINED_AT),
                time(item, LEFT_AT),
                Items.number(item, REVISION, 0));
    }

    private static Optional<Instant> time(Map<String, AttributeValue> item, String name) {
        return item.containsKey(name)
                ? Optional.of(Instant.ofEpochMilli(Items.number(item, name, 0)))
                : Optional.empty();
    }

    private static Set<String> texts(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || !value.hasSs() ? Set.of() : Set.copyOf(value.ss());
    }

    /** The store knows no empty sets; a deny set never shrinks, so an absent one needs no removal. */
    private static void putTexts(Map<String, AttributeValue> item, String name, Set<String> values) {
        if (!values.isEmpty()) {
            item.put(name, AttributeValue.fromSs(List.copyOf(values)));
        }
    }
}
