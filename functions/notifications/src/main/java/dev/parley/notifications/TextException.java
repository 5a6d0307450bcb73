package dev.parley.notifications;

/** A text message was not taken by who delivers it. The message says why, without the number. */
public final class TextException extends RuntimeException {
    private final boolean forGood;

    /** @param forGood whether trying again would not help: there is no such number, or its owner wants nothing from us */
    public TextException(String message, boolean forGood) {
        super(message);
        this.forGood = forGood;
    }

    boolean forGood() {
        return forGood;
    }
}
