package dev.parley.transport.srtp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.provider.Arguments;

/** The providers to run a test against. One that is not here is skipped, and the skip says why. */
public final class Providers {
    private Providers() {}

    /** The provider, or the end of this test with the reason for which it cannot be had. */
    public static SrtpCrypto required(SrtpProvider provider) {
        SrtpProbe probe = provider.probe();
        Assumptions.assumeTrue(probe.crypto().isPresent(), () -> provider.setting() + ": " + probe.reason());
        return probe.crypto().orElseThrow();
    }

    /** Every provider with every profile. */
    public static Stream<Arguments> withEveryProfile() {
        List<Arguments> all = new ArrayList<>();
        for (SrtpProvider provider : SrtpProvider.values()) {
            for (SrtpProfile profile : SrtpProfile.values()) {
                all.add(Arguments.of(provider, profile));
            }
        }
        return all.stream();
    }

    /** Those that are here. */
    static List<SrtpCrypto> present() {
        return Stream.of(SrtpProvider.values())
                .flatMap(provider -> provider.probe().crypto().stream())
                .toList();
    }
}
