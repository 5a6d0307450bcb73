package dev.parley.notifications;

import java.util.Arrays;
import java.util.Optional;

/** The mails there are, each with a text of its name in every language. */
enum MailKind {
    PASSWORD_RESET("password_reset", true),
    PASSWORD_CHANGED("password_changed", true),
    INVITATION("invitation", false),
    INVITATION_CANCELLED("invitation_cancelled", false),
    WEBHOOK_DISABLED("webhook_disabled", true),
    DIGEST("digest", true);

    private static final String PREFIX = "mail.";

    private final String text;
    private final boolean namesReader;

    MailKind(String text, boolean namesReader) {
        this.text = text;
        this.namesReader = namesReader;
    }

    /** The name of its text. */
    String text() {
        return text;
    }

    /** Whether an event's {@code name} is its reader's; of an invitation it is the host's, for all that is known of a guest is an address. */
    boolean namesReader() {
        return namesReader;
    }

    /** The kind behind an event's type, {@code mail.password_reset}. */
    static Optional<MailKind> of(String eventType) {
        return Arrays.stream(values())
                .filter(kind -> eventType.equals(PREFIX + kind.text))
                .findFirst();
    }
}
