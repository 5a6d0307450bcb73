package dev.parley.notifications.folder;

import dev.parley.notifications.Mail;
import dev.parley.notifications.MailException;
import dev.parley.notifications.Mailbox;
import dev.parley.notifications.Mailer;
import dev.parley.notifications.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Writes each mail to a file of its own, readable by its owner alone: {@code <epoch milliseconds>-<random>.json} with {@code at},
 * {@code event}, {@code type}, {@code address}, {@code name}, {@code subject}, {@code text}, {@code html}, {@code calendar} and
 * {@code source}, the message as it would have gone over the wire. A mail that is sent twice is there twice.
 */
public final class FolderMailer implements Mailer {
    private final OutboxFolder folder;
    private final Mailbox from;
    private final InstantSource clock;

    /** @param folder made when the first mail is written */
    public FolderMailer(Path folder, Mailbox from, InstantSource clock) {
        this.folder = new OutboxFolder(folder, clock);
        this.from = Objects.requireNonNull(from);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public void send(Mail mail) {
        Instant now = clock.instant();
        Map<String, String> content = new LinkedHashMap<>();
        content.put("at", now.toString());
        content.put("event", mail.eventId());
        content.put("type", mail.type());
        content.put("address", mail.to().address());
        content.put("name", mail.to().name());
        content.put("subject", mail.subject());
        content.put("text", mail.text());
        content.put("html", mail.html());
        mail.invite().ifPresent(invite -> content.put("calendar", invite.calendar()));
        content.put("source", MimeMessage.of(mail, from, now, mail.eventId()));
        try {
            folder.write(now, content);
        } catch (IOException e) {
            throw new MailException("A mail cannot be written: " + e);
        }
    }
}
