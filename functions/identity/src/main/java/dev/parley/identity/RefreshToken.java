package dev.parley.identity;

import dev.parley.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A refresh token: {@code <session>.<secret>}. A successor is made out of its predecessor and a nonce, HMAC-SHA256, so that whoever
 * presents the predecessor twice within the grace gets the same successor, though only hashes are stored.
 */
record RefreshToken(String sessionId, String secret) {
    private static final Pattern TEXT = Pattern.compile("(s_[0-9a-z]{26})\\.([A-Za-z0-9_-]{43})");

    static Optional<RefreshToken> parse(String text) {
        Matcher parts = TEXT.matcher(text == null ? "" : text);
        return parts.matches() ? Optional.of(new RefreshToken(parts.group(1), parts.group(2))) : Optional.empty();
    }

    String text() {
        return sessionId + "." + secret;
    }

    String hash() {
        return Sha256.base64Url(secret);
    }

    RefreshToken successor(String nonce) {
        return new RefreshToken(sessionId, hmac(secret, "successor#" + nonce));
    }

    /** HMAC-SHA256 in base64url. */
    static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "RefreshToken[" + sessionId + "]";
    }
}
