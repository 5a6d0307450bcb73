package dev.parley.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2HasherTest {
    private final SecureRandom random = new SecureRandom();
    private final Argon2Hasher hasher = new Argon2Hasher(random);
    private final Argon2Hasher quick = new Argon2Hasher(random, new Argon2id.Cost(64, 1, 1));

    @Test
    void aVerifierFitsItsPasswordAlone() {
        String verifier = hasher.hash("Correct-horse-7");

        assertThat(verifier).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.verify("Correct-horse-7", verifier)).isTrue();
        assertThat(hasher.verify("Correct-horse-8", verifier)).isFalse();
        assertThat(hasher.hash("Correct-horse-7")).isNotEqualTo(verifier);
        assertThat(hasher.verifyNobody("Correct-horse-7")).isFalse();
    }

    /** Made with the reference implementation: argon2 somesalt -id -t 2 -m 16 -p 1, version 1.3. */
    @Test
    void aVerifierOfTheReferenceImplementationFits() {
        String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(hasher.verify("password", reference)).isTrue();
        assertThat(hasher.verify("Password", reference)).isFalse();
    }

    @Test
    void otherParametersAskForANewVerifier() {
        assertThat(hasher.needsRehash(quick.hash("x"))).isTrue();
        assertThat(hasher.needsRehash(hasher.hash("x"))).isFalse();
        assertThat(hasher.verify("x", quick.hash("x"))).isTrue();
        assertThat(hasher.needsRehash("plain text")).isTrue();
    }

    @Test
    void theSamePasswordFromAnotherKeyboardFits() {
        assertThat(quick.verify("cafe\u0301-Ｕ1", quick.hash("caf\u00e9-U1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=64,t=999,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=64,t=1,p=0$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=1,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            })
    void aVerifierThatIsNotOursOrTooDearFitsNothing(String verifier) {
        assertThat(hasher.verify("password", verifier)).isFalse();
        assertThat(hasher.verify("password", null)).isFalse();
    }
}
