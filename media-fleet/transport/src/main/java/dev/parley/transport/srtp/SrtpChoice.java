package dev.parley.transport.srtp;

import java.util.Optional;
import java.util.StringJoiner;

/**
 * The provider that a process uses, and why.
 *
 * @param crypto the ciphers
 * @param reason one line for the log: what was chosen, and what stood before it but could not be
 */
public record SrtpChoice(SrtpCrypto crypto, String reason) {

    /** The fastest provider that works here. */
    public static SrtpChoice best() {
        StringJoiner missing = new StringJoiner("; ");
        for (SrtpProvider provider : SrtpProvider.values()) {
            SrtpProbe probe = provider.probe();
            if (probe.crypto().isPresent()) {
                String why = missing.length() == 0 ? "the fastest there is" : "the best here (" + missing + ")";
                return new SrtpChoice(probe.crypto().get(), probe.reason() + ", " + why);
            }
            missing.add(provider.setting() + ": " + probe.reason());
        }
        throw new SrtpException("no provider of AES-GCM works here: " + missing);
    }

    /**
     * The wanted provider, or with none wanted {@link #best()}.
     *
     * @throws SrtpException when the wanted one does not work here: to take another in silence would hide the mistake
     */
    public static SrtpChoice of(Optional<SrtpProvider> wanted) {
        if (wanted.isEmpty()) {
            return best();
        }
        SrtpProbe probe = wanted.get().probe();
        SrtpCrypto crypto = probe.crypto()
                .orElseThrow(() ->
                        new SrtpException("SRTP provider " + probe.provider().setting() + ": " + probe.reason()));
        return new SrtpChoice(crypto, probe.reason() + ", as the settings say");
    }
}
