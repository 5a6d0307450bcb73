package dev.parley.notifications;

import dev.parley.kernel.OutboxEvent;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns events of the outbox into mail. What it throws is to be told again; an event that is no mail of ours is passed over. */
public final class Notifications implements Consumer<OutboxEvent> {
    private final Letters letters;
    private final Mailer mailer;
    private final Consumer<OutboxEvent> unknown;

    /**
     * @param publicUrl what every link of ours starts with
     * @param unknown is told of events that are passed over
     */
    public Notifications(String publicUrl, Mailer mailer, Consumer<OutboxEvent> unknown) {
        this.letters = new Letters(publicUrl);
        this.mailer = Objects.requireNonNull(mailer);
        this.unknown = Objects.requireNonNull(unknown);
    }

    /**
     * @throws LetterException when no letter can be written from the event
     * @throws MailException when the mail was not taken
     */
    @Override
    public void accept(OutboxEvent event) {
        Optional<MailKind> kind = MailKind.of(event.type());
        if (kind.isEmpty()) {
            unknown.accept(event);
            return;
        }
        mailer.send(mail(kind.get(), event));
    }

    private Mail mail(MailKind kind, OutboxEvent event) {
        Letter letter = letters.write(kind, event);
        return new Mail(
                event.id(),
                event.type(),
                new Mailbox(
                        kind.namesReader() ? event.data().getOrDefault("name", "") : "",
                        event.data().getOrDefault("email", "")),
                letter.subject(),
                LetterText.of(letter),
                LetterHtml.of(letter),
                Optional.ofNullable(event.data().get("ics"))
                        .filter(calendar -> !calendar.isBlank())
                        .map(Invite::of));
    }
}
