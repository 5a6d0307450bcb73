package dev.parley.messaging;

import dev.parley.contracts.messaging.MessagingFrame;
import java.util.Collection;
import java.util.Optional;

/**
 * How people are told at once what is kept already. It promises nothing: what it misses is found by its number.
 */
interface Told {
    /** Every socket of these people, except one. */
    void people(Collection<String> userIds, Optional<String> except, MessagingFrame frame);

    /** These sockets. */
    void sockets(Collection<String> connectionIds, MessagingFrame frame);
}
