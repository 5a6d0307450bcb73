package dev.parley.notifications;

import java.util.Arrays;
import java.util.Optional;

/** The mails there are, each with a text of its name in every language. */
enum MailKind {
    PASSWORD_RESET("password_reset"),
    PASSWORD_CHANGED("password_changed"),
    INVITATION("invitation"),
    INVITATION_CANCELLED("invitation_cancelled");

    private static final String PREFIX = "mail.";

    private final String text;

    MailKind(String text) {
        this.text = text;
    }

    /** The name of its text. */
    String text() {
        return text;
    }

    /** The kind behind an event's type, {@code mail.password_reset}. */
    static Optional<MailKind> of(String eventType) {
        return Arrays.stream(values())
                .filter(kind -> eventType.equals(PREFIX + kind.text))
                .findFirst();
    }
}
