package dev.parley.platform.crypto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;

/**
 * Says to services that push to browsers who it is that pushes. A browser subscribes with our public key, and its service takes from then
 * on nothing but what is signed with that key. Thread-safe. Source: RFC 8292.
 */
public final class Vapid {
    /** A service takes a day at most. */
    private static final Duration LIFETIME = Duration.ofHours(12);

    private static final int UNCOMPRESSED = 4;

    private final KeySource keys;
    private final String contact;
    private final InstantSource clock;

    /** @param contact whom a service can ask about what it is sent, {@code https:} or {@code mailto:} */
    public Vapid(KeySource keys, String contact, InstantSource clock) {
        this.keys = Objects.requireNonNull(keys);
        this.contact = Objects.requireNonNull(contact);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * A key that browsers subscribe with.
     *
     * @param point the uncompressed point in base64url, as {@code applicationServerKey} takes it
     */
    public record Key(String id, String point) {}

    /** The one to subscribe with now. */
    public Key present() {
        ECKey key = keys.keys().signer(clock.instant());
        return new Key(key.getKeyID(), point(key));
    }

    /**
     * The {@code Authorization} of one message.
     *
     * @param keyId the key that the browser subscribed with
     * @return empty when that key is not there any more
     */
    public Optional<String> authorization(URI endpoint, String keyId) {
        return keys.keys().find(keyId).filter(ECKey::isPrivate).map(key -> signed(endpoint, key));
    }

    private String signed(URI endpoint, ECKey key) {
        Instant now = clock.instant();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                new JWTClaimsSet.Builder()
                        .audience(origin(endpoint))
                        .expirationTime(Date.from(now.plus(LIFETIME)))
                        .subject(contact)
                        .build());
        try {
            token.sign(new Es256(key));
        } catch (JOSEException e) {
            throw new KeySetException("Key " + key.getKeyID() + " cannot sign", e);
        }
        return "vapid t=" + token.serialize() + ", k=" + point(key);
    }

    private static String origin(URI endpoint) {
        String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
        return endpoint.getScheme() + "://" + endpoint.getHost() + port;
    }

    private static String point(ECKey key) {
        var point = new ByteArrayOutputStream();
        point.write(UNCOMPRESSED);
        point.writeBytes(key.getX().decode());
        point.writeBytes(key.getY().decode());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(point.toByteArray());
    }
}
