package dev.parley.bench.janus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.PeerPlan;
import dev.parley.bench.wire.RemoteSide;
import dev.parley.rtp.sdp.Direction;
import dev.parley.rtp.sdp.Fingerprint;
import dev.parley.rtp.sdp.IceCredentials;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.sdp.Setup;
import dev.parley.transport.dtls.DtlsRole;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class JanusSdpTest {
    private static final IceCredentials ICE = new IceCredentials("ours", "0123456789abcdef01234567");
    private static final Fingerprint FINGERPRINT = new Fingerprint("sha-256", "0A:".repeat(31) + "0A");
    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.9", 5004);

    /** As Janus describes a subscription: the fingerprint of the session, the address in every section. */
    private static final String OFFER = """
            v=0
            o=- 77 1 IN IP4 192.0.2.2
            s=VideoRoom 1
            t=0 0
            a=group:BUNDLE 0 1
            a=ice-options:trickle
            a=fingerprint:sha-256 %s
            a=extmap-allow-mixed
            a=msid-semantic: WMS *
            a=ice-lite
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            c=IN IP4 192.0.2.2
            a=sendonly
            a=mid:0
            a=rtcp-mux
            a=ice-ufrag:abcd
            a=ice-pwd:0123456789abcdefghijkl
            a=setup:actpass
            a=rtpmap:111 opus/48000/2
            a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
            a=msid:janus janus0
            a=ssrc:11 cname:janus
            a=candidate:1 1 udp 2015363327 192.0.2.2 40001 typ host
            a=end-of-candidates
            m=video 9 UDP/TLS/RTP/SAVPF 96 97
            c=IN IP4 192.0.2.2
            a=sendonly
            a=mid:1
            a=rtcp-mux
            a=ice-ufrag:abcd
            a=ice-pwd:0123456789abcdefghijkl
            a=setup:actpass
            a=rtpmap:96 VP8/90000
            a=rtcp-fb:96 nack
            a=rtpmap:97 rtx/90000
            a=fmtp:97 apt=96
            a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
            a=extmap:5 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
            a=ssrc-group:FID 21 22
            a=msid:janus janus1
            a=ssrc:21 cname:janus
            a=ssrc:22 cname:janus
            a=candidate:1 1 udp 2015363327 192.0.2.2 40001 typ host
            a=end-of-candidates
            """.formatted("0B:".repeat(31) + "0B");

    private final SessionDescription offer = SessionDescription.parse(OFFER);

    @Test
    void everythingOfferedIsTakenAndJanusBeginsTheHandshake() {
        SessionDescription answer = SessionDescription.parse(JanusSdp.receiving(offer, ICE, FINGERPRINT));
        assertThat(answer.bundle()).containsExactly("0", "1");
        assertThat(answer.media()).extracting(MediaDescription::mid).containsExactly("0", "1");
        for (MediaDescription section : answer.media()) {
            assertThat(section.direction()).isEqualTo(Direction.RECVONLY);
            assertThat(section.setup()).contains(Setup.PASSIVE);
            assertThat(section.ice()).contains(ICE);
            assertThat(section.fingerprints()).containsExactly(FINGERPRINT);
            assertThat(section.rtcpMux()).isTrue();
        }
        assertThat(answer.media().getLast().codecs())
                .isEqualTo(offer.media().getLast().codecs());
        assertThat(answer.media().getLast().extensions())
                .isEqualTo(offer.media().getLast().extensions());
    }

    @Test
    void everySectionSaysWhereWeAre() {
        String sdp = new PeerPlan(true, true, List.of("q", "h", "f"), 0, 0).offer(ICE, FINGERPRINT, false);
        SessionDescription reachable = SessionDescription.parse(JanusSdp.reachable(sdp, HERE));
        assertThat(reachable.media()).hasSize(2);
        for (MediaDescription section : reachable.media()) {
            assertThat(section.candidates()).hasSize(1);
            assertThat(section.candidates().getFirst().address()).isEqualTo("192.0.2.9");
            assertThat(section.candidates().getFirst().port()).isEqualTo(5004);
        }
    }

    @Test
    void mediaIsWhatIsNoRetransmission() {
        assertThat(JanusSdp.ssrcs(offer)).containsExactlyInAnyOrder(11L, 21L);
    }

    @Test
    void transportWideNumbersAreFoundWhereTheyAreOffered() {
        assertThat(JanusSdp.transportSequenceId(offer)).isEqualTo(5);
        SessionDescription voices = new SessionDescription(
                1, 1, true, true, List.of("0"), List.of(offer.media().getFirst()));
        assertThat(JanusSdp.transportSequenceId(voices)).isZero();
    }

    @Test
    void theTransportIsReadFromSessionAndSection() throws IOException {
        RemoteSide janus = RemoteSide.read(offer, true, DtlsRole.SERVER, JanusSdp.ssrcs(offer), 5);
        assertThat(janus.address()).isEqualTo(new InetSocketAddress("192.0.2.2", 40001));
        assertThat(janus.ice().fragment()).isEqualTo("abcd");
        assertThat(janus.fingerprint().value()).startsWith("0B:0B");
    }
}
