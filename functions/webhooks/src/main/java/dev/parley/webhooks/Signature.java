package dev.parley.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a receiver knows that a call is ours: HMAC-SHA256 over the delivery's id, the time and the body, with dots between, as
 * <a href="https://www.standardwebhooks.com">Standard Webhooks</a> has it. The time is part of it, so that an old call cannot be repeated.
 */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * The value of {@code webhook-signature}: {@code v1,} and the code in base64, for each secret one, with a space between.
     *
     * @param id of the delivery, as in {@code webhook-id}
     * @param at of this attempt, as in {@code webhook-timestamp}
     */
    static String of(List<Secret> secrets, String id, Instant at, byte[] body) {
        return secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(code(secret, id, at, body)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] code(Secret secret, String id, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.key(), ALGORITHM));
            mac.update((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
