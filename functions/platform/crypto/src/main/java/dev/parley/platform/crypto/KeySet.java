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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The P-256 keys of one audience, each with its key id. Immutable. The first key signs, when its private half is there. */
public final class KeySet {
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
        try {
            String kid =
                    name + "-" + now.toString().substring(0, 10) + "-" + Integer.toHexString(random.nextInt(1 << 16));
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyID(kid)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
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

    /** This set with {@code newer} in front, which signs from now on. */
    public KeySet rotatedTo(KeySet newer) {
        List<ECKey> all = new ArrayList<>(newer.keys.values());
        all.addAll(keys.values());
        return new KeySet(all);
    }

    /** The ids of the keys, the signing one first. */
    public List<String> keyIds() {
        return List.copyOf(keys.keySet());
    }

    Optional<ECKey> find(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    List<ECKey> all() {
        return List.copyOf(keys.values());
    }

    /** The key that signs. @throws KeySetException when this set has public keys only */
    ECKey signer() {
        ECKey first = keys.values().iterator().next();
        if (!first.isPrivate()) {
            throw new KeySetException("Key " + first.getKeyID() + " has no private half: this set only verifies", null);
        }
        return first;
    }
}
