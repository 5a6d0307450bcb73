package dev.parley.signaling.function;

import dev.parley.kernel.OutboxEvent;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What was told, for the sockets; where those are must be known only when the first event comes. Thread-safe. */
final class ToldEvents implements Consumer<OutboxEvent> {
    private final Supplier<Consumer<OutboxEvent>> maker;
    private Consumer<OutboxEvent> made;

    ToldEvents(Supplier<Consumer<OutboxEvent>> maker) {
        this.maker = Objects.requireNonNull(maker);
    }

    @Override
    public void accept(OutboxEvent event) {
        made().accept(event);
    }

    private synchronized Consumer<OutboxEvent> made() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }
}
