package dev.parley.fleet;

import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.media.MediaOffer;
import dev.parley.contracts.media.MediaRestart;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.node.Breakouts;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Principal;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.kernel.tokens.TokenException;
import dev.parley.kernel.tokens.TokenVerifier;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
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

    private static final Duration RETRY = Duration.ofSeconds(3);

    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final TokenVerifier<MediaClaims> tokens;
    private final Doors doors;
    private final RoomNodes rooms;

    public MediaExchange(TokenVerifier<MediaClaims> tokens, Doors doors, RoomNodes rooms) {
        this.tokens = Objects.requireNonNull(tokens);
        this.doors = Objects.requireNonNull(doors);
        this.rooms = Objects.requireNonNull(rooms);
    }

    /** Passes an offer to the room's node, placing the room if it has none. */
    public MediaAnswer open(Principal caller, String meetingId, MediaOffer offer) {
        MediaClaims claims = claims(caller, meetingId, offer.mediaToken());
        checkSdp(offer.sdp());
        Door door = door(caller, meetingId, claims.participantId());
        Breakouts breakouts = doors.breakouts(meetingId, caller.userId()).orElse(null);
        Opened opened = openOnANode(meetingId, offer, door, breakouts);
        if (isDenied(caller, meetingId)) {
            opened.node.close(opened.answer.sessionId(), claims.participantId());
            throw MediaErrors.NOT_ADMITTED.exception();
        }
        return opened.answer;
    }

    private record Opened(RoomNode node, MediaAnswer answer) {}

    /**
     * A node that does not have the room and takes no new one is passed over; so is one that is full and was given the room just
     * now. A full node that has the room keeps it, and its answer is the client's.
     */
    private Opened openOnANode(String roomId, MediaOffer offer, Door door, Breakouts breakouts) {
        Set<String> unwilling = new HashSet<>();
        while (true) {
            RoomNode node = rooms.place(roomId, unwilling);
            NodeOffer passedOn = new NodeOffer(
                    offer.mediaToken(), node.placementEpoch(), offer.sdp(), offer.tracks(), door.denied(), breakouts);
            try {
                return new Opened(node, node.open(passedOn));
            } catch (ApiException e) {
                unwilling.add(node.nodeId());
                boolean elsewhere = RoomNodes.NO_NEW_ROOMS.equals(e.code());
                boolean full = RoomNodes.FULL.equals(e.code());
                if (!elsewhere && !(full && node.fresh())) {
                    throw e;
                }
                if (unwilling.size() >= NODES_TRIED) {
                    throw MediaErrors.FULL.retryAfter(RETRY);
                }
            }
        }
    }

    /** Restarts ICE on the caller's session. */
    public MediaAnswer restart(Principal caller, String meetingId, String sessionId, MediaRestart restart) {
        String participantId = ParticipantIds.of(meetingId, caller.userId());
        checkSdp(restart.sdp());
        Door door = door(caller, meetingId, participantId);
        checkSession(sessionId);
        RoomNode node = rooms.find(meetingId).orElseThrow(MediaErrors.MOVED::exception);
        try {
            return node.restart(
                    sessionId, new NodeRestart(participantId, node.placementEpoch(), restart.sdp(), door.denied()));
        } catch (ApiException e) {
            throw isUnknownSession(e) ? MediaErrors.NO_SESSION.exception() : e;
        }
    }

    /** Ends the caller's session. One that has ended already, or whose room has no place any more, is as good as ended. */
    public void close(Principal caller, String meetingId, String sessionId) {
        String participantId = ParticipantIds.of(meetingId, caller.userId());
        if (!Ids.isMeeting(meetingId) || !caller.mayAddress(meetingId) || !doors.isKnown(meetingId, participantId)) {
            throw MediaErrors.NOT_ADMITTED.exception();
        }
        checkSession(sessionId);
        try {
            rooms.find(meetingId).ifPresent(node -> node.close(sessionId, participantId));
        } catch (ApiException e) {
            if (!isUnknownSession(e)) {
                throw e;
            }
        }
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
        if (door.denies(caller.userId(), caller.guestKey()) || !doors.isSeated(meetingId, participantId)) {
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

    private static boolean isUnknownSession(ApiException refusal) {
        return MediaErrors.NO_SESSION.code().equals(refusal.code());
    }

    private static void checkSession(String sessionId) {
        if (!SESSION.matcher(sessionId).matches()) {
            throw MediaErrors.NO_SESSION.exception();
        }
    }
}
