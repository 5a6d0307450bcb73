package dev.parley.node.negotiation;

import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.MediaKind;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.sdp.Setup;
import dev.parley.transport.SessionRequest;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.dtls.Fingerprint;
import dev.parley.transport.ice.IceCredentials;
import java.util.List;

/**
 * The transport an offer describes: that of the first section in its bundle.
 *
 * @param ice the participant's credentials
 * @param fingerprint of its certificate
 * @param role ours in the DTLS handshake
 * @param sctpPort of its data channels
 * @param maxMessageBytes largest message it takes
 */
public record RemoteTransport(
        IceCredentials ice, Fingerprint fingerprint, DtlsRole role, int sctpPort, int maxMessageBytes) {
    private static final int ANY_SIZE = 256 << 10;
    private static final List<String> DIGESTS = List.of("sha-256", "sha-384", "sha-512");

    static RemoteTransport of(SessionDescription offer) {
        MediaDescription first = offer.media().stream()
                .filter(section -> !section.rejected())
                .findFirst()
                .orElseThrow(() -> new UnusableOfferException("m=: every section is rejected"));
        dev.parley.rtp.sdp.IceCredentials ice = first.ice()
                .orElseThrow(() -> new UnusableOfferException("a=ice-ufrag, a=ice-pwd: missing in the first section"));
        Setup setup = first.setup().orElseThrow(() -> new UnusableOfferException("a=setup: missing"));
        if (setup == Setup.HOLDCONN) {
            throw new UnusableOfferException("a=setup: holdconn makes no connection");
        }
        MediaDescription data = offer.media().stream()
                .filter(section -> section.kind() == MediaKind.APPLICATION && !section.rejected())
                .findFirst()
                .orElseThrow(() -> new UnusableOfferException("m=application: the offer has no data channel section"));
        if (data.sctpPort().orElse(0) == 0) {
            throw new UnusableOfferException("a=sctp-port: 1 to 65535 is needed");
        }
        long maxMessage = data.maxMessageSize().orElse(SessionRequest.DEFAULT_MAX_MESSAGE_BYTES);
        try {
            return new RemoteTransport(
                    new IceCredentials(ice.fragment(), ice.password()),
                    fingerprint(first),
                    DtlsRole.answering(setup.word()),
                    data.sctpPort().getAsInt(),
                    maxMessage == 0 ? ANY_SIZE : (int) Math.min(ANY_SIZE, maxMessage));
        } catch (IllegalArgumentException e) {
            throw new UnusableOfferException("transport: " + e.getMessage());
        }
    }

    private static Fingerprint fingerprint(MediaDescription section) {
        return section.fingerprints().stream()
                .filter(fingerprint -> DIGESTS.contains(fingerprint.algorithm()))
                .map(fingerprint -> new Fingerprint(fingerprint.algorithm(), fingerprint.value()))
                .findFirst()
                .orElseThrow(
                        () -> new UnusableOfferException("a=fingerprint: one of sha-256, sha-384, sha-512 is needed"));
    }

    /** The request to open this transport's other end. */
    public SessionRequest request() {
        return new SessionRequest(ice, fingerprint, role, sctpPort, maxMessageBytes);
    }
}
