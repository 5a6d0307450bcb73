package dev.parley.bench.janus;

import dev.parley.bench.wire.RemoteSide;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.sdp.Direction;
import dev.parley.rtp.sdp.Fingerprint;
import dev.parley.rtp.sdp.IceCandidate;
import dev.parley.rtp.sdp.IceCredentials;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.sdp.Setup;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is said to Janus and read from it. In every handshake it is the DTLS client, so that the choice of the SRTP profile is ours and the same as with any
 * other server: AES-128 in Galois/Counter mode.
 */
final class JanusSdp {
    private static final long CANDIDATE_PRIORITY = 2_130_706_431L;

    private JanusSdp() {}

    /** Takes everything that Janus offers to send. */
    static String receiving(SessionDescription offered, IceCredentials ice, Fingerprint fingerprint) {
        List<MediaDescription> taken = new ArrayList<>();
        for (MediaDescription section : offered.media()) {
            MediaDescription.Builder answer = MediaDescription.builder(section.kind(), section.mid())
                    .direction(Direction.RECVONLY)
                    .codecs(section.codecs())
                    .ice(ice)
                    .fingerprint(fingerprint)
                    .setup(Setup.PASSIVE)
                    .rtcpMux(true)
                    .rtcpReducedSize(section.rtcpReducedSize());
            section.extensions().forEach(answer::extension);
            taken.add(answer.build());
        }
        return new SessionDescription(1, 1, false, offered.mixedExtensions(), offered.bundle(), taken).write();
    }

    /** Our offer or answer with where we are: Janus answers to no check before it knows a candidate, lite agent or not. */
    static String reachable(String sdp, InetSocketAddress address) {
        IceCandidate candidate =
                IceCandidate.udpHost(address.getAddress().getHostAddress(), address.getPort(), CANDIDATE_PRIORITY);
        return sdp.replace("a=mid:", "a=" + candidate.line() + "\r\na=mid:");
    }

    /**
     * What comes over a subscription: the SSRC of each section. They stay when another publisher's stream or another layer takes the section.
     */
    static Set<Long> ssrcs(SessionDescription offer) {
        return offer.media().stream()
                .filter(section -> !section.sources().isEmpty())
                .map(RemoteSide::mediaSsrc)
                .collect(Collectors.toSet());
    }

    /** The id under which packets carry transport-wide numbers, 0 when Janus does not offer them. */
    static int transportSequenceId(SessionDescription offer) {
        return offer.media().stream()
                .flatMapToInt(section -> section.extensionId(ExtensionUri.TRANSPORT_SEQUENCE.uri()).stream())
                .findFirst()
                .orElse(0);
    }
}
