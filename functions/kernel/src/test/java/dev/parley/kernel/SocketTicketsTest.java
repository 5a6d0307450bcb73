package dev.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SocketTicketsTest {
    private final HandMovedClock clock = new HandMovedClock();
    private final Ephemeral ephemeral = new InMemoryEphemeral(clock);
    private final SocketTickets tickets = new SocketTickets(ephemeral, new Ids(new SecureRandom()));
    private final SocketTicket ticket = new SocketTicket(
                    "u_1",
                    "s_1",
                    Role.USER,
                    "Ada",
                    Optional.of("http://localhost:8800"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())
            .forRoom("abc-defg-hij", "p_1", "host");

    @Test
    void aTicketIsGoodOnce() {
        String text = tickets.issue(ticket);

        assertThat(tickets.redeem(text)).contains(ticket);
        assertThat(tickets.redeem(text)).isEmpty();
    }

    @Test
    void aTicketIsGoodFor30Seconds() {
        String text = tickets.issue(ticket);
        clock.advance(Duration.ofSeconds(30));

        assertThat(tickets.redeem(text)).isEmpty();
    }

    @Test
    void theStoreNeverSeesTheTicketItself() {
        String text = tickets.issue(ticket);

        assertThat(ephemeral.find("ticket#" + text)).isEmpty();
        assertThat(ephemeral.find("ticket#" + Sha256.base64Url(text))).isPresent();
    }

    @Test
    void anythingElseIsNoTicket() {
        assertThat(tickets.redeem(null)).isEmpty();
        assertThat(tickets.redeem("")).isEmpty();
        assertThat(tickets.redeem("x".repeat(43))).isEmpty();
        assertThat(tickets.redeem("x".repeat(100_000))).isEmpty();
    }
}
