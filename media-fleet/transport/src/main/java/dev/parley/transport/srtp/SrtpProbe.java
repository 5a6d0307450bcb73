package dev.parley.transport.srtp;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What came of looking for a provider.
 *
 * @param provider which one
 * @param crypto it, when it is here and answered every known question right
 * @param reason what was found, or why it is not used; for people
 */
public record SrtpProbe(SrtpProvider provider, Optional<SrtpCrypto> crypto, String reason) {

    /** Loads and checks; whatever goes wrong becomes the reason. */
    static SrtpProbe of(SrtpProvider provider, Supplier<SrtpCrypto> loader) {
        try {
            SrtpCrypto crypto = loader.get();
            KnownAnswers.check(crypto);
            return new SrtpProbe(provider, Optional.of(crypto), crypto.name());
        } catch (SrtpException e) {
            return new SrtpProbe(provider, Optional.empty(), e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            return new SrtpProbe(provider, Optional.empty(), "could not be loaded: " + e);
        }
    }
}
