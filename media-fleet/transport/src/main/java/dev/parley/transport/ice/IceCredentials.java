package dev.parley.transport.ice;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * One side's ICE user-name fragment and password (RFC 8445 section 5.3).
 *
 * @param ufrag 4 to 256 ice-chars
 * @param password 22 to 256 ice-chars
 */
public record IceCredentials(String ufrag, String password) {
    private static final Pattern ICE_CHARS = Pattern.compile("[A-Za-z0-9+/]+");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int PASSWORD_CHARS = 24;

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException when a value is too short, too long, or has other characters
     */
    public IceCredentials {
        check("ice-ufrag", ufrag, 4);
        check("ice-pwd", password, 22);
    }

    private static void check(String name, String value, int atLeast) {
        if (value.length() < atLeast
                || value.length() > 256
                || !ICE_CHARS.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " must be " + atLeast + " to 256 of A-Z a-z 0-9 + /");
        }
    }

    /** New credentials of our own: a fragment of {@link LocalUfrag#CHARS} characters, 48 random bits; a password of 144. */
    public static IceCredentials generate(SecureRandom random) {
        return new IceCredentials(chars(random, LocalUfrag.CHARS), chars(random, PASSWORD_CHARS));
    }

    private static String chars(SecureRandom random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }
}
