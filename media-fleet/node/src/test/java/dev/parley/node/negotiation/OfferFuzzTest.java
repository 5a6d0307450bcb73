package dev.parley.node.negotiation;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.media.TrackLabel;
import dev.parley.rtp.fuzz.Fuzz;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.dtls.Fingerprint;
import dev.parley.transport.ice.IceCredentials;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An offer is agreed to, and then its answer can be read, or it is refused; so is one that restarts. */
@Tag("fuzz")
class OfferFuzzTest {
    private static final Set<Source> EVERYTHING = EnumSet.allOf(Source.class);
    private static final List<TrackLabel> NO_LABELS = List.of();
    private static final LocalTransport LOCAL = new LocalTransport(
            new IceCredentials("abcdefgh", "0123456789012345678901234"),
            new Fingerprint("sha-256", "AA:".repeat(31) + "AA"),
            DtlsRole.SERVER,
            "192.0.2.7",
            10001);

    private final Random random = new Random(1);

    @Test
    void anyOffer() {
        Fuzz.runText("offer", UnusableOfferException.class, Fuzz.offers(true), input -> {
            Agreement agreement =
                    Agreement.of(new String(input, StandardCharsets.ISO_8859_1), NO_LABELS, EVERYTHING, 64, random);
            agreement.spec(1);
            SessionDescription.parse(agreement.answer(LOCAL, "node-1", 1));
        });
    }

    @Test
    void anyOfferThatRestarts() {
        List<byte[]> offers = Fuzz.offers(true);
        Agreement agreement = Agreement.of(
                new String(offers.getFirst(), StandardCharsets.ISO_8859_1), NO_LABELS, EVERYTHING, 64, random);
        Fuzz.runText(
                "restart",
                UnusableOfferException.class,
                List.of(offers.getFirst()),
                input -> agreement.restartedBy(new String(input, StandardCharsets.ISO_8859_1)));
    }
}
