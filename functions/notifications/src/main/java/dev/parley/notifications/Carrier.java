package dev.parley.notifications;

import java.util.List;
import java.util.Optional;

/** Takes to somebody what they are told on one channel. */
interface Carrier {
    /**
     * What there is to tell.
     *
     * @param notices at least one, oldest first
     * @param lines a sentence for each, in the reader's language
     */
    record Told(String language, List<Notice> notices, List<String> lines) {}

    /**
     * What a try came to.
     *
     * @param state {@code PENDING} where it is to be tried again
     * @param error why it failed, or failed in part; one word
     * @param reached whether it came to anybody
     * @param left to whom it is still to be taken, where there are several
     */
    record Carried(Delivery.State state, Optional<String> error, boolean reached, List<String> left) {
        static Carried to(Delivery.State state) {
            return new Carried(state, Optional.empty(), state == Delivery.State.DELIVERED, List.of());
        }

        static Carried failed(Delivery.State state, String why) {
            return new Carried(state, Optional.of(why), false, List.of());
        }
    }

    /** Nothing on the way makes it throw but a store of ours. */
    Carried carry(Delivery delivery, Told told);
}
