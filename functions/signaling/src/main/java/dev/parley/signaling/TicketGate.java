package dev.parley.signaling;

import dev.parley.contracts.signaling.SocketProtocol;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.Role;
import dev.parley.kernel.SocketTicket;
import dev.parley.kernel.SocketTickets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who may open a socket: whoever offers the protocol and a ticket that nobody used yet, from a page of ours, unless the account
 * was banned since. A program that is
 * no browser sends no origin, and needs none unless its ticket was made for one.
 */
public final class TicketGate {
    private final SocketTickets tickets;
    private final Revocations revocations;
    private final Set<String> origins;
    private final InstantSource clock;

    /** @param origins of the pages that may open sockets, {@code https://meet.example.org} */
    public TicketGate(SocketTickets tickets, Revocations revocations, Set<String> origins, InstantSource clock) {
        this.tickets = Objects.requireNonNull(tickets);
        this.revocations = Objects.requireNonNull(revocations);
        this.clock = Objects.requireNonNull(clock);
        this.origins = Set.copyOf(origins);
    }

    /**
     * Uses the ticket up. The origin is looked at first, so that a foreign page cannot spend somebody's ticket.
     *
     * @param protocols the header {@code Sec-WebSocket-Protocol}
     */
    public Optional<SocketTicket> admit(Optional<String> protocols, Optional<String> origin) {
        List<String> offered = offered(protocols);
        if (origin.filter(value -> !origins.contains(value)).isPresent()
                || offered.stream().noneMatch(SocketProtocol.NAME::equalsIgnoreCase)) {
            return Optional.empty();
        }
        return offered.stream()
                .filter(value -> value.startsWith(SocketProtocol.TICKET_PREFIX))
                .findFirst()
                .flatMap(value -> tickets.redeem(value.substring(SocketProtocol.TICKET_PREFIX.length())))
                .filter(ticket -> ticket.origin().isEmpty() || ticket.origin().equals(origin))
                .filter(this::isHolderWelcome);
    }

    /** A ticket does not say when it was made: what was taken back since the oldest that may be left counts. */
    private boolean isHolderWelcome(SocketTicket ticket) {
        return ticket.role() == Role.GUEST
                || !revocations.isRevoked(ticket.userId(), clock.instant().minus(SocketTickets.LIFETIME));
    }

    /** The protocol as the client wrote it, to be echoed. */
    public static Optional<String> protocol(Optional<String> protocols) {
        return offered(protocols).stream()
                .filter(SocketProtocol.NAME::equalsIgnoreCase)
                .findFirst();
    }

    private static List<String> offered(Optional<String> protocols) {
        return protocols.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .toList();
    }
}
