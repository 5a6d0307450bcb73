package dev.parley.transport.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The digest of a certificate as SDP carries it in {@code a=fingerprint} (RFC 8122 section 5).
 *
 * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}; weaker ones are refused
 * @param value upper-case hexadecimal bytes with colons between
 */
public record Fingerprint(String algorithm, String value) {
    private static final Map<String, String> DIGESTS =
            Map.of("sha-256", "SHA-256", "sha-384", "SHA-384", "sha-512", "SHA-512");
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    /**
     * Normalises case and checks the form.
     *
     * @throws IllegalArgumentException when the algorithm is unknown or too weak, or the value is no digest of it
     */
    public Fingerprint {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        value = value.toUpperCase(Locale.ROOT);
        if (!DIGESTS.containsKey(algorithm)) {
            throw new IllegalArgumentException(
                    "fingerprint algorithm " + algorithm + " is not one of sha-256, sha-384, sha-512");
        }
        if (COLONS.parseHex(value).length != digest(algorithm).getDigestLength()) {
            throw new IllegalArgumentException("fingerprint value is no " + algorithm + " digest");
        }
    }

    /** The SHA-256 fingerprint of this certificate. */
    public static Fingerprint sha256Of(byte[] certificateDer) {
        return new Fingerprint("sha-256", COLONS.formatHex(digest("sha-256").digest(certificateDer)));
    }

    /** Whether this is the fingerprint of that certificate. */
    public boolean matches(byte[] certificateDer) {
        return MessageDigest.isEqual(COLONS.parseHex(value), digest(algorithm).digest(certificateDer));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(DIGESTS.get(algorithm));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }
}
