package dev.parley.notifications;

/** Sends text messages to telephones. Thread-safe. */
public interface Texter {
    /**
     * Hands a text message over to who delivers it.
     *
     * @param number as E.164 has it, {@code +4915112345678}
     * @throws TextException when it was not taken
     */
    void send(String number, String text);
}
