package dev.parley.identity;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Codes to be read in a mail and typed: eight digits of Crockford's base 32, which has no I, L, O and U, in two groups of four,
 * {@code 7K3M-9QXA}. 40 random bits.
 */
public final class ResetCodes {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int LENGTH = 8;
    private static final int LONGEST_TEXT = 32;
    private static final Pattern CODE = Pattern.compile("[0-9A-HJKMNP-TV-Z]{" + LENGTH + "}");

    private final SecureRandom random;

    public ResetCodes(SecureRandom random) {
        this.random = random;
    }

    /** A new code, as {@link #normalized} answers it for what people make of it. */
    String next() {
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(DIGITS[random.nextInt(DIGITS.length)]);
        }
        return code.toString();
    }

    /** A code as it is written in a mail. */
    static String shown(String code) {
        return code.substring(0, LENGTH / 2) + "-" + code.substring(LENGTH / 2);
    }

    /** The code that somebody typed: without spaces and hyphens, in capitals, with the letters put right that are read as digits. */
    static Optional<String> normalized(String text) {
        if (text == null || text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        String code = text.replaceAll("[\\s-]", "")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return CODE.matcher(code).matches() ? Optional.of(code) : Optional.empty();
    }
}
