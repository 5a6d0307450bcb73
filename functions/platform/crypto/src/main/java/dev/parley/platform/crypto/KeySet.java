package dev.parley.platform.crypto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The P-256 keys of one audience, each with its key id. Immutable. Every key verifies; of those that have started ({@code nbf}), the one
 * that started last signs, when its private half is there. A key without a start has started for ever; of equals the first signs.
 */
public final class KeySet implements KeySource {
    private final Map<String, ECKey> keys;

    private KeySet(List<ECKey> keys) {
        Map<String, ECKey> byId = new LinkedHashMap<>();
        for (ECKey key : keys) {
            if (key.getKeyID() == null || key.getKeyID().isBlank()) {
                throw new KeySetException("A key has no kid", null);
            }
            if (!Curve.P_256.equals(key.getCurve())) {
                throw new KeySetException("Key " + key.getKeyID() + " is not on P-256", null);
            }
            if (byId.putIfAbsent(key.getKeyID(), key) != null) {
                throw new KeySetException("Key id " + key.getKeyID() + " is there twice", null);
            }
        }
        if (byId.isEmpty()) {
            throw new KeySetException("A key set needs at least one EC key", null);
        }
        this.keys = byId;
    }

    /** A set of one new key, whose id starts with {@code name} and the date. */
    public static KeySet generate(String name, Instant now, SecureRandom random) {
        return generate(name, now, null, random);
    }

    /** A set of one new key, which signs from {@code start} on. */
    static KeySet generate(String name, Instant now, Instant start, SecureRandom random) {
        try {
            String kid =
                    name + "-" + now.toString().substring(0, 10) + "-" + Integer.toHexString(random.nextInt(1 << 16));
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyID(kid)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .notBeforeTime(start == null ? null : Date.from(start))
                    .secureRandom(random)
                    .generate();
            return new KeySet(List.of(key));
        } catch (JOSEException e) {
            throw new KeySetException("A key could not be made", e);
        }
    }

    /** Reads a JWK set. @throws KeySetException when it is not one, or has no usable key */
    public static KeySet parse(String jwks) {
        try {
            List<ECKey> keys = JWKSet.parse(jwks).getKeys().stream()
                    .filter(ECKey.class::isInstance)
                    .map(JWK::toECKey)
                    .toList();
            return new KeySet(keys);
        } catch (ParseException e) {
            // The cause is left out: it may quote the text, which holds private keys.
            throw new KeySetException("The text is not a JWK set", null);
        }
    }

    /** The JWK set with the public halves alone, as it may be published. */
    public String publicJson() {
        return new JWKSet(List.copyOf(keys.values())).toString(true);
    }

    /** The JWK set with its private halves, for the key folder alone. */
    String privateJson() {
        return new JWKSet(List.copyOf(keys.values())).toString(false);
    }

    /** This set without its private halves: it verifies and cannot sign. */
    public KeySet publicKeys() {
        return new KeySet(keys.values().stream().map(ECKey::toPublicJWK).toList());
    }

    /** This set with {@code newer} in front: where neither says when it starts, it signs from now on. */
    public KeySet rotatedTo(KeySet newer) {
        List<ECKey> all = new ArrayList<>(newer.keys.values());
        all.addAll(keys.values());
        return new KeySet(all);
    }

    /** This set and the keys of another. */
    KeySet with(KeySet more) {
        return more.rotatedTo(this);
    }

    /** This set without the keys that signed last longer than {@code kept} ago. */
    KeySet without(Duration kept, Instant now) {
        ECKey signer = signer(now);
        boolean justStarted = now.isBefore(startOf(signer).plus(kept));
        Optional<ECKey> before = justStarted ? predecessor(startOf(signer)) : Optional.empty();
        return new KeySet(keys.values().stream()
                .filter(key -> startOf(key).isAfter(now)
                        || key.equals(signer)
                        || before.filter(key::equals).isPresent())
                .toList());
    }

    /** The key that signed before one that started then. */
    private Optional<ECKey> predecessor(Instant start) {
        return keys.values().stream()
                .filter(key -> startOf(key).isBefore(start))
                .max(Comparator.comparing(KeySet::startOf));
    }

    /** Whether a key is published that does not sign yet. */
    boolean hasWaiting(Instant now) {
        return keys.values().stream().anyMatch(key -> startOf(key).isAfter(now));
    }

    /** A set that never changes. */
    @Override
    public KeySet keys() {
        return this;
    }

    /** The ids of the keys, in the order of the set. */
    public List<String> keyIds() {
        return List.copyOf(keys.keySet());
    }

    /** The id of the key that signs at that time. */
    public String signingKeyId(Instant now) {
        return signer(now).getKeyID();
    }

    /** When a key of this set starts to sign; the epoch for one that does not say. */
    public Instant startOf(String keyId) {
        return startOf(find(keyId).orElseThrow());
    }

    private static Instant startOf(ECKey key) {
        return key.getNotBeforeTime() == null
                ? Instant.EPOCH
                : key.getNotBeforeTime().toInstant();
    }

    Optional<ECKey> find(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    List<ECKey> all() {
        return List.copyOf(keys.values());
    }

    /** The key that signs at that time. @throws KeySetException when this set has public keys only */
    ECKey signer(Instant now) {
        ECKey signer = null;
        for (ECKey key : keys.values()) {
            boolean started = !startOf(key).isAfter(now);
            if (started && (signer == null || startOf(key).isAfter(startOf(signer)))) {
                signer = key;
            }
        }
        if (signer == null) {
            throw new KeySetException("No key of this set has started yet", null);
        }
        if (!signer.isPrivate()) {
            throw new KeySetException(
                    "Key " + signer.getKeyID() + " has no private half: this set only verifies", null);
        }
        return signer;
    }
}
