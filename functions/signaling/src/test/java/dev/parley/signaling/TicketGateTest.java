package dev.parley.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Ids;
import dev.parley.kernel.InMemoryEphemeral;
import dev.parley.kernel.Principal;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.Role;
import dev.parley.kernel.SocketTicket;
import dev.parley.kernel.SocketTickets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TicketGateTest {
    private static final Optional<String> PAGE = Optional.of("https://meet.example");
    private static final String ROOM = "abc-defg-hij";

    private final HandMovedClock clock = new HandMovedClock();
    private final Ephemeral ephemeral = new InMemoryEphemeral(clock);
    private final SocketTickets tickets = new SocketTickets(ephemeral, new Ids(new SecureRandom()));
    private final Revocations revocations = new EphemeralRevocations(ephemeral, clock);
    private final InMemoryMeetings meetings = new InMemoryMeetings();
    private final TicketService service =
            new TicketService(tickets, meetings, RateLimiter.unlimited(), "ws://localhost/ws", clock);
    private final TicketGate gate = new TicketGate(tickets, revocations, Set.of("https://meet.example"), clock);
    private final Principal ana =
            new Principal("u_ana", "s_1", Role.USER, "Ana", 0, Optional.empty(), Optional.empty());

    private Optional<String> protocols(Optional<String> origin) {
        return Optional.of("parley.v1, ticket."
                + service.issue(ana, Optional.empty(), origin).ticket());
    }

    @Test
    void aTicketOpensOneSocket() {
        Optional<String> protocols = protocols(PAGE);
        assertThat(gate.admit(protocols, PAGE)).map(SocketTicket::userId).contains("u_ana");
        assertThat(gate.admit(protocols, PAGE)).isEmpty();
    }

    @Test
    void aTicketIsGoodForThirtySeconds() {
        Optional<String> protocols = protocols(PAGE);
        clock.advance(Duration.ofSeconds(30));
        assertThat(gate.admit(protocols, PAGE)).isEmpty();
    }

    @Test
    void aTicketOfAnAccountThatWasBannedSinceOpensNothing() {
        Optional<String> protocols = protocols(PAGE);
        clock.advance(Duration.ofSeconds(20));
        revocations.revoke("u_ana");

        assertThat(gate.admit(protocols, PAGE)).isEmpty();
    }

    @Test
    void aForeignPageNeitherEntersNorSpendsTheTicket() {
        Optional<String> protocols = protocols(PAGE);
        assertThat(gate.admit(protocols, Optional.of("https://evil.example"))).isEmpty();
        assertThat(gate.admit(protocols, PAGE)).isPresent();
    }

    @Test
    void aTicketMadeForAPageIsForThatPageAlone() {
        assertThat(gate.admit(protocols(PAGE), Optional.empty())).isEmpty();
        assertThat(gate.admit(protocols(Optional.empty()), Optional.empty())).isPresent();
    }

    @Test
    void theProtocolMustBeOffered() {
        String ticket = service.issue(ana, Optional.empty(), PAGE).ticket();
        assertThat(gate.admit(Optional.of("ticket." + ticket), PAGE)).isEmpty();
        assertThat(gate.admit(Optional.of("parley.v1"), PAGE)).isEmpty();
        assertThat(gate.admit(Optional.empty(), PAGE)).isEmpty();
        assertThat(gate.admit(Optional.of(" Parley.V1 ,ticket." + ticket), PAGE))
                .isPresent();
        assertThat(TicketGate.protocol(Optional.of("x, Parley.V1"))).contains("Parley.V1");
    }

    @Test
    void aMeetingsTicketIsForItsPeople() {
        assertRefused(ana, ROOM, "meeting.ended");
        meetings.start(ROOM);
        assertRefused(ana, ROOM, "signal.not_participant");
        meetings.sit(ROOM, "u_ana");
        String ticket = service.issue(ana, Optional.of(ROOM), Optional.empty()).ticket();
        assertThat(tickets.redeem(ticket).flatMap(SocketTicket::roomId)).contains(ROOM);
        meetings.kick(ROOM, "u_ana");
        assertRefused(ana, ROOM, "meeting.banned");
        Principal guest =
                new Principal("g_1", "g_1", Role.GUEST, "Gita", 0, Optional.of("zzz-zzzz-zzz"), Optional.of("key"));
        assertRefused(guest, ROOM, "signal.not_participant");
    }

    private void assertRefused(Principal caller, String meetingId, String code) {
        assertThatThrownBy(() -> service.issue(caller, Optional.of(meetingId), Optional.empty()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
