package dev.parley.notifications;

import java.util.regex.Pattern;

/**
 * Somebody who can be written to.
 *
 * @param name as people read it; may be empty
 * @param address {@code local@domain}
 */
public record Mailbox(String name, String address) {
    private static final int LONGEST = 254;
    /** What every mail server takes without quoting, which is what accounts are registered with. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    private static final Pattern LISTED = Pattern.compile("(.*)<([^<>]+)>\\s*");

    /** @throws LetterException when the address is none */
    public Mailbox {
        if (address.length() > LONGEST || !ADDRESS.matcher(address).matches()) {
            throw new LetterException("A mail's address is none");
        }
    }

    /** Reads {@code Parley <no-reply@example.org>} or a bare address. @throws LetterException when it is neither */
    public static Mailbox parse(String text) {
        var listed = LISTED.matcher(text);
        return listed.matches()
                ? new Mailbox(listed.group(1).strip(), listed.group(2).strip())
                : new Mailbox("", text.strip());
    }

    /** Without the address. */
    @Override
    public String toString() {
        return "Mailbox";
    }
}
