package dev.parley.notifications;

import dev.parley.notifications.Delivery.State;
import java.time.InstantSource;
import java.util.Objects;

/** Hands a mail over to who knows where somebody has mail. */
final class MailCarrier implements Carrier {
    private final Postbox postbox;
    private final InstantSource clock;

    MailCarrier(Postbox postbox, InstantSource clock) {
        this.postbox = Objects.requireNonNull(postbox);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public Carried carry(Delivery delivery, Told told) {
        postbox.post(delivery, clock.instant(), told.language(), told.lines());
        return Carried.to(State.SENT);
    }
}
