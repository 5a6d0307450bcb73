package dev.parley.platform.crypto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.kernel.Sha256;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.kernel.tokens.NodeClaims;
import dev.parley.kernel.tokens.TokenException;
import dev.parley.kernel.tokens.TokenException.Reason;
import dev.parley.kernel.tokens.TokenVerifier;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Checks tokens against one key set. The algorithm is pinned to ES256 and the key is found by its id alone: what the header says about
 * algorithms, key addresses or embedded keys is never followed. A signature that was good is not reckoned again while the set is the same;
 * everything else is looked at each time. Thread-safe. @param <C> what the tokens say
 */
public final class JwtVerifier<C> implements TokenVerifier<C> {
    /** How far the clocks of issuer and verifier may be apart. */
    public static final Duration LEEWAY = Duration.ofSeconds(5);

    /** The curve's own generator: its private half is 1. */
    private static final String NOBODYS = """
            {"keys":[{"kty":"EC","crv":"P-256","kid":"nobody","x":"axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY",\
            "y":"T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU","d":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"}]}""";

    private static final int LONGEST_TOKEN = 4096;

    /** Tokens whose signature is remembered. */
    private static final int REMEMBERED = 4_096;

    /** A set, what is made of its keys once, and digests of tokens that they were seen to have signed. */
    private record Verifying(KeySet keys, Map<String, JWSVerifier> byId, Set<String> good) {
        static Verifying with(KeySet keys) {
            Map<String, JWSVerifier> byId = new HashMap<>();
            for (ECKey key : keys.all()) {
                byId.put(key.getKeyID(), new Es256(key));
            }
            return new Verifying(keys, byId, remembered());
        }

        private static Set<String> remembered() {
            return Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            }));
        }
    }

    private final KeySource keys;
    private final ClaimsCodec<C> codec;
    private final InstantSource clock;
    private volatile Verifying last;

    private JwtVerifier(KeySource keys, ClaimsCodec<C> codec, InstantSource clock) {
        this.keys = Objects.requireNonNull(keys);
        this.codec = codec;
        this.clock = Objects.requireNonNull(clock);
    }

    public static JwtVerifier<AccessClaims> access(KeySource keys, InstantSource clock) {
        return new JwtVerifier<>(keys, new AccessClaimsCodec(), clock);
    }

    public static JwtVerifier<MediaClaims> media(KeySource keys, InstantSource clock) {
        return new JwtVerifier<>(keys, new MediaClaimsCodec(), clock);
    }

    public static JwtVerifier<NodeClaims> node(KeySource keys, InstantSource clock) {
        return new JwtVerifier<>(keys, new NodeClaimsCodec(), clock);
    }

    @Override
    public C verify(String token, Audience audience) {
        if (token == null || token.length() > LONGEST_TOKEN) {
            throw new TokenException(Reason.MALFORMED);
        }
        SignedJWT jwt = parse(token);
        checkSignature(jwt, token);
        JWTClaimsSet claims = claimsOf(jwt);
        checkParties(claims, audience);
        checkTimes(claims);
        try {
            return codec.read(claims);
        } catch (ParseException | IllegalArgumentException | NullPointerException e) {
            throw new TokenException(Reason.CLAIMS, e);
        }
    }

    /** Loads what a verification takes, the curve's tables among it: a key that is nobody's refuses a token. */
    public static void loadAhead() {
        access(nobodys(), InstantSource.system()).rehearse();
    }

    /** A set that everybody knows. */
    static KeySet nobodys() {
        return KeySet.parse(NOBODYS);
    }

    /** A token of each key's, which nobody signed, is verified up to its signature. */
    @Override
    public void rehearse() {
        for (ECKey key : keys.keys().all()) {
            try {
                verify(unsigned(key.getKeyID()), Audience.API);
            } catch (TokenException e) {
                // As it must be.
            }
        }
    }

    private static String unsigned(String keyId) {
        byte[] signature = new byte[64];
        Arrays.fill(signature, (byte) 1);
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId).build().toBase64URL() + "."
                + Base64URL.encode("{}") + "." + Base64URL.encode(signature);
    }

    private static SignedJWT parse(String token) {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException | IllegalArgumentException e) {
            // An unsigned or encrypted token ends here too: it does not parse as a signed one.
            throw new TokenException(Reason.MALFORMED, e);
        }
    }

    private void checkSignature(SignedJWT jwt, String token) {
        JWSHeader header = jwt.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
            throw new TokenException(Reason.ALGORITHM);
        }
        if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
            throw new TokenException(Reason.ALGORITHM);
        }
        Verifying verifying = verifyingBy(header.getKeyID());
        String digest = Sha256.base64Url(token);
        if (verifying.good().contains(digest)) {
            return;
        }
        try {
            if (!jwt.verify(verifying.byId().get(header.getKeyID()))) {
                throw new TokenException(Reason.SIGNATURE);
            }
        } catch (JOSEException e) {
            throw new TokenException(Reason.SIGNATURE, e);
        }
        verifying.good().add(digest);
    }

    /** The set that holds this key. */
    private Verifying verifyingBy(String keyId) {
        if (keyId == null) {
            throw new TokenException(Reason.UNKNOWN_KEY);
        }
        Verifying verifying = verifying(keys.keys());
        if (!verifying.byId().containsKey(keyId)) {
            verifying = verifying(keys.newerKeys());
        }
        if (!verifying.byId().containsKey(keyId)) {
            throw new TokenException(Reason.UNKNOWN_KEY);
        }
        return verifying;
    }

    private Verifying verifying(KeySet present) {
        Verifying verifying = last;
        if (verifying == null || verifying.keys() != present) {
            verifying = Verifying.with(present);
            last = verifying;
        }
        return verifying;
    }

    private static JWTClaimsSet claimsOf(SignedJWT jwt) {
        try {
            return jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            throw new TokenException(Reason.CLAIMS, e);
        }
    }

    private static void checkParties(JWTClaimsSet claims, Audience audience) {
        if (!JwtIssuer.ISSUER.equals(claims.getIssuer())) {
            throw new TokenException(Reason.ISSUER);
        }
        if (!List.of(audience.value()).equals(claims.getAudience())) {
            throw new TokenException(Reason.AUDIENCE);
        }
    }

    private void checkTimes(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        if (expires == null) {
            throw new TokenException(Reason.CLAIMS);
        }
        if (!now.isBefore(expires.toInstant().plus(LEEWAY))) {
            throw new TokenException(Reason.EXPIRED);
        }
        Date issued = claims.getIssueTime();
        if (issued == null || issued.toInstant().isAfter(now.plus(LEEWAY))) {
            throw new TokenException(Reason.NOT_YET_VALID);
        }
        Date notBefore = claims.getNotBeforeTime();
        if (notBefore != null && notBefore.toInstant().isAfter(now.plus(LEEWAY))) {
            throw new TokenException(Reason.NOT_YET_VALID);
        }
    }
}
