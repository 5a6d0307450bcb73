package dev.parley.kernel;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Makes the identifiers and secrets of the product. Identifiers are opaque: a kind prefix and 130 random bits in Crockford's base 32,
 * lower case. A meeting's id is its public code, {@code abc-defg-hij}. Thread-safe as far as the given {@link SecureRandom} is.
 */
public final class Ids {
    private static final char[] BASE32 = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int ID_DIGITS = 26;
    private static final int SECRET_BYTES = 32;
    private static final Pattern MEETING = Pattern.compile("[a-z]{3}-[a-z]{4}-[a-z]{3}");

    private final SecureRandom random;

    public Ids(SecureRandom random) {
        this.random = Objects.requireNonNull(random);
    }

    /** A registered user: {@code u_…}. */
    public String user() {
        return opaque("u_");
    }

    /** A guest of one meeting: {@code g_…}. */
    public String guest() {
        return opaque("g_");
    }

    /** A login session, which is a family of refresh tokens: {@code s_…}. */
    public String session() {
        return opaque("s_");
    }

    /** One presence of a person in a meeting: {@code p_…}. */
    public String participant() {
        return opaque("p_");
    }

    /** A request, when the caller brought no id of its own: {@code r_…}. */
    public String request() {
        return opaque("r_");
    }

    /** Any other kind of thing; {@code prefix} ends with an underscore. */
    public String opaque(String prefix) {
        StringBuilder id = new StringBuilder(prefix.length() + ID_DIGITS).append(prefix);
        byte[] bytes = new byte[ID_DIGITS];
        random.nextBytes(bytes);
        for (byte b : bytes) {
            id.append(BASE32[b & 31]);
        }
        return id.toString();
    }

    /** A meeting's id and public code: 3-4-3 lower-case letters, 47 random bits. */
    public String meeting() {
        StringBuilder code = new StringBuilder(12);
        for (int i = 0; i < 10; i++) {
            if (i == 3 || i == 7) {
                code.append('-');
            }
            code.append((char) ('a' + random.nextInt(26)));
        }
        return code.toString();
    }

    /** A 256-bit secret in base64url without padding: tickets, refresh tokens, guest keys. */
    public String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether {@code text} has the form of a meeting's id; says nothing about whether the meeting exists. */
    public static boolean isMeeting(String text) {
        return text != null && MEETING.matcher(text).matches();
    }
}
