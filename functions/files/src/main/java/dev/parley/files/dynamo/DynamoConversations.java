package dev.parley.files.dynamo;

import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.node.Breakouts;
import dev.parley.files.Conversations;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Principal;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.nodes.Door;
import dev.parley.platform.nodes.Doors;
import dev.parley.platform.nodes.LiveRows;
import dev.parley.platform.nodes.Seat;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Conversations as messaging keeps them in the Conversations table, and live meetings through their doors. Who may read what is decided as
 * messaging decides it ({@code docs/messaging.md}): members of a group; who is in a meeting's room, and accounts that took part.
 */
public final class DynamoConversations implements Conversations {
    private static final String MEETING = "m_";
    private static final String MEMBER = "M#";
    private static final String ACCOUNT = "u_";

    private final Dynamo dynamo;
    private final Doors doors;
    private final InstantSource clock;
    private final String conversations;
    private final String meetings;

    public DynamoConversations(Dynamo dynamo, Doors doors, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.doors = Objects.requireNonNull(doors);
        this.clock = Objects.requireNonNull(clock);
        this.conversations = dynamo.name(Tables.CONVERSATIONS);
        this.meetings = dynamo.name(Tables.LIVE_MEETINGS);
    }

    /** The meeting of a conversation's id, and the breakout room. */
    private record Room(String meetingId, Optional<String> breakout) {
        static Optional<Room> of(String conversationId) {
            if (!conversationId.startsWith(MEETING)) {
                return Optional.empty();
            }
            String[] parts = conversationId.substring(MEETING.length()).split("\\.", 2);
            return Optional.of(new Room(parts[0], parts.length < 2 ? Optional.empty() : Optional.of(parts[1])));
        }
    }

    @Override
    public boolean mayRead(Principal caller, String conversationId) {
        if (caller.isDevice()) {
            return false;
        }
        Optional<Room> room = Room.of(conversationId);
        if (room.isPresent()) {
            return Ids.isMeeting(room.get().meetingId()) && mayRead(caller, conversationId, room.get());
        }
        return !caller.isGuest() && member(conversationId, caller.userId()).isPresent();
    }

    private boolean mayRead(Principal caller, String conversationId, Room room) {
        if (!caller.mayAddress(room.meetingId())) {
            return false;
        }
        Optional<Door> door = doors.find(room.meetingId());
        if (door.filter(live -> live.denies(caller.userId(), caller.guestKey())).isPresent()) {
            return false;
        }
        Optional<Map<String, AttributeValue>> member =
                caller.isGuest() ? Optional.empty() : member(conversationId, caller.userId());
        if (member.filter(item -> Items.flag(item, "barred")).isPresent()) {
            return false;
        }
        Optional<Seat> seat = doors.seat(room.meetingId(), ParticipantIds.of(room.meetingId(), caller.userId()));
        boolean inside = door.filter(Door::active).isPresent()
                && seat.filter(Seat::joined).isPresent();
        if (inside && isIn(room, caller.userId(), seat.get())) {
            return true;
        }
        boolean tookPart = room.breakout().isEmpty()
                && seat.filter(one -> one.joined() || LiveRows.LEFT.equals(one.state()))
                        .isPresent();
        return !caller.isGuest() && (member.isPresent() || tookPart);
    }

    /** Whether somebody inside is in this room, or looks after it. */
    private boolean isIn(Room room, String userId, Seat seat) {
        if (room.breakout().isEmpty()) {
            return true;
        }
        Optional<Breakouts> open = doors.breakouts(room.meetingId(), clock.instant());
        boolean here = open.map(now -> now.places().get(userId)).equals(room.breakout());
        boolean exists = open.filter(now -> now.rooms().stream()
                        .anyMatch(one -> one.id().equals(room.breakout().get())))
                .isPresent();
        return here
                || exists
                        && MeetingRole.find(seat.role())
                                .filter(role -> role.may(Capability.MODERATE))
                                .isPresent();
    }

    @Override
    public List<String> of(String userId) {
        return dynamo.indexed(Tables.CONVERSATIONS, userId).stream()
                .map(item -> Items.requiredText(item, "conversation_id"))
                .toList();
    }

    @Override
    public List<String> people(String conversationId) {
        Optional<Room> room = Room.of(conversationId);
        if (room.isEmpty()) {
            return items(conversations, "conversation_id", conversationId, MEMBER).stream()
                    .flatMap(item -> Items.text(item, "user_id").stream())
                    .toList();
        }
        List<String> inside = inMeeting(room.get().meetingId());
        Map<String, String> places = doors.breakouts(room.get().meetingId(), clock.instant())
                .map(Breakouts::places)
                .orElse(Map.of());
        return inside.stream()
                .filter(userId -> Optional.ofNullable(places.get(userId))
                        .equals(room.get().breakout()))
                .toList();
    }

    @Override
    public List<String> inMeeting(String meetingId) {
        if (doors.find(meetingId).filter(Door::active).isEmpty()) {
            return List.of();
        }
        return items(meetings, LiveRows.MEETING_ID, meetingId, LiveRows.PARTICIPANT).stream()
                .filter(item -> Items.text(item, LiveRows.STATE).equals(Optional.of(LiveRows.JOINED)))
                .flatMap(item -> Items.text(item, LiveRows.USER_ID).stream())
                .filter(userId -> userId.startsWith(ACCOUNT))
                .toList();
    }

    private Optional<Map<String, AttributeValue>> member(String conversationId, String userId) {
        return Optional.of(dynamo.call(client -> client.getItem(get -> get.tableName(conversations)
                                .key(Map.of(
                                        "conversation_id",
                                        Items.text(conversationId),
                                        "item",
                                        Items.text(MEMBER + userId)))
                                .consistentRead(true)))
                        .item())
                .filter(item -> !item.isEmpty());
    }

    private List<Map<String, AttributeValue>> items(String table, String key, String value, String prefix) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("#key = :key AND begins_with(#item, :prefix)")
                .expressionAttributeNames(Map.of("#key", key, "#item", "item"))
                .expressionAttributeValues(Map.of(":key", Items.text(value), ":prefix", Items.text(prefix)))
                .consistentRead(true)
                .build();
        return dynamo.call(
                client -> client.queryPaginator(query).items().stream().toList());
    }
}
