package dev.parley.notifications;

import java.util.Optional;

/** The telephones that people are told on, each of them confirmed by a code that was sent there. */
public interface Phones {
    /** Somebody's number, as E.164 has it. */
    Optional<String> of(String userId);

    void put(String userId, String number);

    void remove(String userId);
}
