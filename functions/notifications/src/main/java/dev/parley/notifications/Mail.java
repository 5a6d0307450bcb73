package dev.parley.notifications;

import java.util.Objects;
import java.util.Optional;

/**
 * One mail, ready to be sent.
 *
 * @param eventId of the event it comes from, for logs
 * @param type of that event
 * @param to whom
 * @param subject one line
 * @param text its body for those who read no HTML
 * @param html its body as a page
 * @param invite what a calendar takes, when there is something
 */
public record Mail(
        String eventId, String type, Mailbox to, String subject, String text, String html, Optional<Invite> invite) {
    public Mail {
        Objects.requireNonNull(eventId);
        Objects.requireNonNull(type);
        Objects.requireNonNull(to);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(text);
        Objects.requireNonNull(html);
        Objects.requireNonNull(invite);
    }

    /** Without anything that only its reader may know. */
    @Override
    public String toString() {
        return "Mail[" + type + " of " + eventId + "]";
    }
}
