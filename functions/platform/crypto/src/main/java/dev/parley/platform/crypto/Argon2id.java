package dev.parley.platform.crypto;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** The function Argon2id, version 1.3 (RFC 9106), without a secret and without associated data. Thread-safe. */
interface Argon2id {
    /** @param tagBytes how long the result is */
    byte[] tag(byte[] password, byte[] salt, Cost cost, int tagBytes);

    /** What one computation takes. */
    record Cost(int memoryKib, int passes, int lanes) {
        boolean within(Cost most) {
            return memoryKib >= 8 * lanes
                    && memoryKib <= most.memoryKib
                    && passes >= 1
                    && passes <= most.passes
                    && lanes >= 1
                    && lanes <= most.lanes;
        }
    }

    /** The fastest that this machine has, which the first caller loads. */
    static Argon2id fastest() {
        return Fastest.ARGON2ID;
    }

    /** Why it is not {@link Libargon2}. */
    static Optional<String> slowBecause() {
        return Fastest.SLOW_BECAUSE;
    }

    /** In Java: takes several times as long. */
    static byte[] bouncyCastle(byte[] password, byte[] salt, Cost cost, int tagBytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] tag = new byte[tagBytes];
        generator.generateBytes(password, tag);
        return tag;
    }

    /** What was chosen, once in a process. */
    final class Fastest {
        private static final Argon2id ARGON2ID;
        private static final Optional<String> SLOW_BECAUSE;

        static {
            Argon2id chosen;
            Optional<String> because;
            try {
                chosen = Libargon2.load();
                because = Optional.empty();
            } catch (IOException | RuntimeException e) {
                chosen = Argon2id::bouncyCastle;
                because = Optional.of(String.valueOf(e.getMessage()));
            }
            ARGON2ID = chosen;
            SLOW_BECAUSE = because;
        }

        private Fastest() {}
    }
}
