package dev.parley.messaging;

import dev.parley.kernel.OutboxEvent;
import java.util.Objects;

/**
 * What becomes of somebody's conversations when their account is gone: they are in none any more, and what they wrote stays without a name,
 * for names are with the account. Told twice, it finds nothing left to do.
 */
public final class AccountEnd {
    private final Conversations conversations;
    private final Desk desk;
    private final Leases leases;

    AccountEnd(Conversations conversations, Desk desk, Leases leases) {
        this.conversations = Objects.requireNonNull(conversations);
        this.desk = Objects.requireNonNull(desk);
        this.leases = Objects.requireNonNull(leases);
    }

    /** Takes one event; those about anything else are passed over. */
    public void accept(OutboxEvent event) {
        if (!event.type().equals("account.deleted")) {
            return;
        }
        String userId = event.data().get("user_id");
        for (String id : conversations.ofUser(userId)) {
            desk.depart(id, userId);
        }
        leases.forget(userId);
    }
}
