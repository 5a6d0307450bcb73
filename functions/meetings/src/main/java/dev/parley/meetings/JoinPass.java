package dev.parley.meetings;

import dev.parley.contracts.Wire;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.meetings.JoinReply;
import dev.parley.kernel.Principal;
import dev.parley.kernel.SocketTicket;
import dev.parley.kernel.SocketTickets;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.kernel.tokens.TokenIssuer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Writes the reply of a join: media token, socket ticket, and where to go with them. */
public final class JoinPass {
    private static final List<String> CODECS = List.of("audio/opus", "video/VP8");
    private static final JoinReply.Slots SLOTS = new JoinReply.Slots(3, 9);

    private final TokenIssuer<MediaClaims> tokens;
    private final SocketTickets tickets;
    private final JsonNode iceServers;
    private final String wsUrl;

    /** @param iceServers a JSON array, as {@code RTCPeerConnection} takes it */
    public JoinPass(TokenIssuer<MediaClaims> tokens, SocketTickets tickets, String iceServers, String wsUrl) {
        this.tokens = Objects.requireNonNull(tokens);
        this.tickets = Objects.requireNonNull(tickets);
        this.iceServers = Wire.tree(iceServers);
        this.wsUrl = Objects.requireNonNull(wsUrl);
    }

    JoinReply write(LiveMeeting room, Participant person, Principal caller, Optional<String> origin) {
        String roomId = room.meetingId();
        String role = person.role().wire();
        MediaClaims claims = new MediaClaims(
                person.participantId(),
                person.userId(),
                person.displayName(),
                role,
                person.csrc(),
                room.admission(),
                person.guestKey(),
                MediaGrants.of(room, person.role()).stream().map(Source::wire).toList());
        SocketTicket ticket = new SocketTicket(
                caller.userId(),
                caller.sessionId(),
                caller.role(),
                person.displayName(),
                origin,
                Optional.of(roomId),
                Optional.of(person.participantId()),
                Optional.of(role),
                caller.guestKey());
        return new JoinReply(
                room.meetingId(),
                roomId,
                person.participantId(),
                person.csrc(),
                role,
                tokens.issue(Audience.room(roomId), claims).token(),
                iceServers,
                wsUrl,
                tickets.issue(ticket),
                CODECS,
                SLOTS,
                new JoinReply.RoomView(
                        room.title(), room.locked(), room.hostId(), room.type().wire(), room.settings()));
    }
}
