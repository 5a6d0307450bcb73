package dev.parley.signaling;

import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.signaling.TicketReply;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limit;
import dev.parley.kernel.Principal;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.SocketTicket;
import dev.parley.kernel.SocketTickets;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/** Gives out tickets for sockets: for nobody's room in particular, or for a meeting the caller is in. */
public final class TicketService {
    private final SocketTickets tickets;
    private final Meetings meetings;
    private final RateLimiter limiter;
    private final String wsUrl;
    private final InstantSource clock;

    public TicketService(
            SocketTickets tickets, Meetings meetings, RateLimiter limiter, String wsUrl, InstantSource clock) {
        this.tickets = Objects.requireNonNull(tickets);
        this.meetings = Objects.requireNonNull(meetings);
        this.limiter = Objects.requireNonNull(limiter);
        this.wsUrl = Objects.requireNonNull(wsUrl);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * @param meetingId the meeting the socket is for; a guest's is always the guest's own
     * @param origin the asking page's origin, to which the ticket is bound
     * @throws dev.parley.kernel.ApiException 403, 410, 429 {@code rate.limited}, 503
     */
    public TicketReply issue(Principal caller, Optional<String> meetingId, Optional<String> origin) {
        limiter.check("tickets#" + caller.userId(), Limit.PERSON_TICKETS);
        SocketTicket ticket = SocketTicket.of(caller, origin);
        Optional<String> room = meetingId.or(caller::meetingId);
        if (room.isPresent()) {
            ticket = forRoom(caller, ticket, room.get());
        }
        return new TicketReply(tickets.issue(ticket), wsUrl, clock.instant().plus(SocketTickets.LIFETIME));
    }

    private SocketTicket forRoom(Principal caller, SocketTicket ticket, String roomId) {
        if (!Ids.isMeeting(roomId) || !caller.mayAddress(roomId)) {
            throw SignalErrors.NOT_PARTICIPANT.exception();
        }
        Meeting meeting = meetings.find(roomId).filter(Meeting::active).orElseThrow(SignalErrors.NOT_ACTIVE::exception);
        if (meeting.denies(caller.userId(), caller.guestKey())) {
            throw SignalErrors.BANNED.exception();
        }
        Meetings.Seat seat = meetings.seat(roomId, ParticipantIds.of(roomId, caller.userId()))
                .orElseThrow(SignalErrors.NOT_PARTICIPANT::exception);
        return ticket.forRoom(roomId, seat.participantId(), seat.role());
    }
}
