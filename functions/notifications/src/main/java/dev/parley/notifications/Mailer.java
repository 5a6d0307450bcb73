package dev.parley.notifications;

/** Sends mail. Thread-safe. */
public interface Mailer {
    /**
     * Hands a mail over to who delivers it.
     *
     * @throws MailException when it was not taken; trying again later may help
     */
    void send(Mail mail);
}
