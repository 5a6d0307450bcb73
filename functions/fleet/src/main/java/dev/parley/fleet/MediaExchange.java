package dev.parley.fleet;

import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.media.MediaOffer;
import dev.parley.contracts.media.MediaRestart;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Principal;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.kernel.tokens.TokenException;
import dev.parley.kernel.tokens.TokenVerifier;
import dev.parley.platform.nodes.Door;
import dev.parley.platform.nodes.Doors;
import dev.parley.platform.nodes.FleetErrors;
import dev.parley.platform.nodes.PlacedRoom;
import dev.parley.platform.nodes.RoomPlacer;
import dev.parley.platform.nodes.Seat;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Opens, restarts and ends a participant's media. Whoever was removed from the meeting is refused here from the meeting's own
 * state, whatever token they hold; and because a kick can come while an offer is under way, the state is looked at once more
 * after the node has answered.
 */
public final class MediaExchange {
    private static final int MAX_SDP_CHARS = 200_000;
    /** How many nodes may refuse a new room before the fleet counts as full. */
    private static final int NODES_TRIED = 3;

    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final TokenVerifier<MediaClaims> tokens;
    private final Doors doors;
    private final RoomPlacer placer;
    private final MediaNodes nodes;

    public MediaExchange(TokenVerifier<MediaClaims> tokens, Doors doors, RoomPlacer placer, MediaNodes nodes) {
        this.tokens = Objects.requireNonNull(tokens);
        this.doors = Objects.requireNonNull(doors);
        this.placer = Objects.requireNonNull(placer);
        this.nodes = Objects.requireNonNull(nodes);
    }

    /** Passes an offer to the room's node, placing the room if it has none. */
    public MediaAnswer open(Principal caller, String meetingId, MediaOffer offer) {
        MediaClaims claims = claims(caller, meetingId, offer.mediaToken());
        checkSdp(offer.sdp());
        Door door = door(caller, meetingId, claims.participantId());
        Opened opened = openOnANode(meetingId, offer, door);
        if (isDenied(caller, meetingId)) {
            nodes.close(opened.room.node(), meetingId, opened.answer.sessionId(), claims.participantId());
            throw MediaErrors.NOT_ADMITTED.exception();
        }
        return opened.answer;
    }

    private record Opened(PlacedRoom room, MediaAnswer answer) {}

    /** A node that refuses a room that was just given to it is full: another one is tried. */
    private Opened openOnANode(String roomId, MediaOffer offer, Door door) {
        Set<String> unwilling = new HashSet<>();
        while (true) {
            PlacedRoom room = placer.place(roomId, unwilling);
            NodeOffer passedOn = new NodeOffer(
                    offer.mediaToken(), room.placement().placementEpoch(), offer.sdp(), offer.tracks(), door.denied());
            try {
                return new Opened(room, nodes.open(room.node(), roomId, passedOn));
            } catch (ApiException e) {
                unwilling.add(room.node().nodeId());
                boolean full = FleetErrors.FULL.code().equals(e.code());
                if (!full || !room.fresh() || unwilling.size() >= NODES_TRIED) {
                    throw e;
                }
            }
        }
    }

    /** Restarts ICE on the caller's session. */
    public MediaAnswer restart(Principal caller, String meetingId, String sessionId, MediaRestart restart) {
        String participantId = ParticipantIds.of(meetingId, caller.userId());
        checkSdp(restart.sdp());
        Door door = door(caller, meetingId, participantId);
        PlacedRoom room = placer.find(checked(sessionId, meetingId)).orElseThrow(MediaErrors.MOVED::exception);
        NodeRestart passedOn =
                new NodeRestart(participantId, room.placement().placementEpoch(), restart.sdp(), door.denied());
        return nodes.restart(room.node(), meetingId, sessionId, passedOn);
    }

    /** Ends the caller's session. A room that has no place any more has no sessions: nothing to do. */
    public void close(Principal caller, String meetingId, String sessionId) {
        if (!Ids.isMeeting(meetingId) || !caller.mayAddress(meetingId)) {
            throw MediaErrors.NOT_ADMITTED.exception();
        }
        Optional<PlacedRoom> room = placer.find(checked(sessionId, meetingId));
        room.ifPresent(placed ->
                nodes.close(placed.node(), meetingId, sessionId, ParticipantIds.of(meetingId, caller.userId())));
    }

    private MediaClaims claims(Principal caller, String meetingId, String token) {
        if (token == null || !Ids.isMeeting(meetingId)) {
            throw MediaErrors.TOKEN.exception();
        }
        try {
            MediaClaims claims = tokens.verify(token, Audience.room(meetingId));
            if (claims.userId().equals(caller.userId())) {
                return claims;
            }
        } catch (TokenException e) {
            throw MediaErrors.TOKEN.exception();
        }
        throw MediaErrors.TOKEN.exception();
    }

    private Door door(Principal caller, String meetingId, String participantId) {
        if (!Ids.isMeeting(meetingId) || !caller.mayAddress(meetingId)) {
            throw MediaErrors.NOT_ADMITTED.exception();
        }
        Door door = doors.find(meetingId).orElseThrow(MediaErrors.NOT_ADMITTED::exception);
        if (!door.active()) {
            throw MediaErrors.ENDED.exception();
        }
        if (door.denies(caller.userId(), caller.guestKey())
                || doors.seat(meetingId, participantId).filter(Seat::joined).isEmpty()) {
            throw MediaErrors.NOT_ADMITTED.exception();
        }
        return door;
    }

    private boolean isDenied(Principal caller, String meetingId) {
        return doors.find(meetingId)
                .filter(door -> door.active() && !door.denies(caller.userId(), caller.guestKey()))
                .isEmpty();
    }

    private static void checkSdp(String sdp) {
        if (sdp == null || sdp.isBlank() || sdp.length() > MAX_SDP_CHARS) {
            throw MediaErrors.SDP.exception();
        }
    }

    /** The room's id, once the session's id has the form of one. */
    private static String checked(String sessionId, String meetingId) {
        if (!SESSION.matcher(sessionId).matches()) {
            throw MediaErrors.NO_SESSION.exception();
        }
        return meetingId;
    }
}
