package dev.parley.notifications;

import java.time.Instant;
import java.util.List;

/** Has mail sent to people of whom nothing but an id is known. */
public interface Postbox {
    /**
     * Sends a mail of what somebody missed. The same one, posted again, is sent once, and again when its reader asked for it.
     *
     * @param lines a sentence each
     */
    void post(Delivery delivery, Instant at, String language, List<String> lines);
}
