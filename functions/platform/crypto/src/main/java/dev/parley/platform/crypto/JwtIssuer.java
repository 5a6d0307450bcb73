package dev.parley.platform.crypto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.kernel.Role;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.IssuedToken;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.kernel.tokens.NodeClaims;
import dev.parley.kernel.tokens.TokenIssuer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Objects;

/** Signs tokens with the key of a set whose turn it is, ES256, issuer {@value #ISSUER}. Thread-safe. @param <C> what the tokens say */
public final class JwtIssuer<C> implements TokenIssuer<C> {
    static final String ISSUER = "parley";

    private static final Duration ACCESS_LIFETIME = Duration.ofMinutes(10);
    private static final Duration MEDIA_LIFETIME = Duration.ofSeconds(60);
    private static final Duration NODE_LIFETIME = Duration.ofSeconds(30);

    /** A key and what is made of it once. */
    private record Signing(ECKey key, JWSHeader header, JWSSigner signer) {
        static Signing with(ECKey key) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .type(JOSEObjectType.JWT)
                    .keyID(key.getKeyID())
                    .build();
            return new Signing(key, header, new Es256(key));
        }
    }

    private final KeySource keys;
    private final ClaimsCodec<C> codec;
    private final Duration lifetime;
    private final InstantSource clock;
    private volatile Signing last;

    private JwtIssuer(KeySource keys, ClaimsCodec<C> codec, Duration lifetime, InstantSource clock) {
        this.keys = Objects.requireNonNull(keys);
        this.codec = codec;
        this.lifetime = lifetime;
        this.clock = Objects.requireNonNull(clock);
    }

    /** Access tokens, 10 minutes. */
    public static JwtIssuer<AccessClaims> access(KeySource keys, InstantSource clock) {
        return new JwtIssuer<>(keys, new AccessClaimsCodec(), ACCESS_LIFETIME, clock);
    }

    /** Media tokens, 60 seconds. */
    public static JwtIssuer<MediaClaims> media(KeySource keys, InstantSource clock) {
        return new JwtIssuer<>(keys, new MediaClaimsCodec(), MEDIA_LIFETIME, clock);
    }

    /** Node tokens, 30 seconds. */
    public static JwtIssuer<NodeClaims> node(KeySource keys, InstantSource clock) {
        return new JwtIssuer<>(keys, new NodeClaimsCodec(), NODE_LIFETIME, clock);
    }

    /** Loads what a token takes, the curve's tables among it: one is signed by a key that is nobody's. */
    public static void loadAhead() {
        access(JwtVerifier.nobodys(), InstantSource.system())
                .issue(Audience.API, AccessClaims.user("u_nobody", "s_nobody", 1, Role.USER, "Nobody"));
    }

    @Override
    public IssuedToken issue(Audience audience, C claims) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(lifetime);
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(audience.value())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt));
        codec.write(claims, set);
        Signing signing = signing(now);
        SignedJWT jwt = new SignedJWT(signing.header(), set.build());
        try {
            jwt.sign(signing.signer());
        } catch (JOSEException e) {
            throw new KeySetException("Key " + signing.key().getKeyID() + " cannot sign", e);
        }
        return new IssuedToken(jwt.serialize(), expiresAt);
    }

    private Signing signing(Instant now) {
        ECKey key = keys.keys().signer(now);
        Signing signing = last;
        if (signing == null || !signing.key().equals(key)) {
            signing = Signing.with(key);
            last = signing;
        }
        return signing;
    }
}
