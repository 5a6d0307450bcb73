package dev.parley.webhooks;

import dev.parley.kernel.Errors;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a webhook and its receiver share: {@code whsec_} and bytes in base64, as Standard Webhooks writes it.
 *
 * @param text as it is shown
 */
public record Secret(String text) {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final int FEWEST = 24;
    private static final int MOST = 64;

    static Secret random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Secret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /** The owner's own. @throws dev.parley.kernel.ApiException 400 {@code request.invalid} for {@code secret} */
    static Secret checked(String text) {
        try {
            if (text.startsWith(PREFIX)) {
                int length = Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
                if (length >= FEWEST && length <= MOST) {
                    return new Secret(text);
                }
            }
        } catch (IllegalArgumentException e) {
            // refused below, like one that is too short
        }
        throw Errors.invalid("secret", "A secret is whsec_ and " + FEWEST + " to " + MOST + " bytes in base64.");
    }

    byte[] key() {
        return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "Secret[]";
    }
}
