package dev.parley.kernel;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Single-use tickets for opening a WebSocket. A ticket is 256 random bits; only its hash is stored, for {@link #LIFETIME}; redeeming it
 * removes it, so of several who present the same ticket one gets in.
 */
public final class SocketTickets {
    /** How long a ticket can be redeemed. */
    public static final Duration LIFETIME = Duration.ofSeconds(30);

    private static final int TEXT_LENGTH = 43;

    private final Ephemeral ephemeral;
    private final Ids ids;

    public SocketTickets(Ephemeral ephemeral, Ids ids) {
        this.ephemeral = Objects.requireNonNull(ephemeral);
        this.ids = Objects.requireNonNull(ids);
    }

    /** Makes a ticket. The text is known to the caller alone. */
    public String issue(SocketTicket ticket) {
        String text = ids.secret();
        ephemeral.put(keyOf(text), ticket.toFields(), LIFETIME);
        return text;
    }

    /** Uses a ticket up. Empty when it is unknown, used or too old. */
    public Optional<SocketTicket> redeem(String text) {
        if (text == null || text.length() != TEXT_LENGTH) {
            return Optional.empty();
        }
        Optional<Map<String, String>> fields = ephemeral.take(keyOf(text));
        return fields.map(SocketTicket::fromFields);
    }

    private static String keyOf(String text) {
        return "ticket#" + Sha256.base64Url(text);
    }
}
