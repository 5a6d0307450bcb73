package dev.parley.messaging;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.OutboxEvent;
import java.util.Objects;

/** Sockets that were closed: whoever was there by one of them is not, unless they come back. */
final class Departures {
    private final Presence presence;

    Departures(Presence presence) {
        this.presence = Objects.requireNonNull(presence);
    }

    /** Takes one event; those about anything else are passed over. */
    void accept(OutboxEvent event) {
        if (!event.type().equals("socket.closed")) {
            return;
        }
        try {
            presence.lost(event.data().get("user_id"), event.data().get("connection_id"));
        } catch (ApiException e) {
            // The lease ends by itself, and nothing that stands behind this has to wait for it.
            return;
        }
    }
}
