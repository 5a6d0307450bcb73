package dev.parley.rtp.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.fuzz.Fuzz;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {
    private static final String HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

    private static SessionDescription resource(String name) {
        return SessionDescription.parse(Fuzz.text(SessionDescriptionTest.class, "/sdp/" + name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=msid: ",
                "a=msid:   ",
                "a=group: ",
                "m=  ",
                "o=  ",
                "a=extmap: ",
                "a=ssrc-group:  ",
                "a=rid:  "
            })
    void spacesWithoutWordsAreReadOverOrRefused(String line) {
        String text = HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" + line + "\r\n";
        assertThat(catchThrowable(() -> SessionDescription.parse(text)))
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isNull(),
                        thrown -> assertThat(thrown).isInstanceOf(MalformedSdpException.class));
    }

    @Test
    void readsAnOfferOfChromium() {
        SessionDescription offer = resource("chromium-offer.sdp");
        assertThat(offer.bundle()).hasSize(17).startsWith("0", "1");
        assertThat(offer.mixedExtensions()).isTrue();
        assertThat(offer.iceLite()).isFalse();
        assertThat(offer.media()).hasSize(17);

        MediaDescription microphone = offer.media().getFirst();
        assertThat(microphone.kind()).isEqualTo(MediaKind.AUDIO);
        assertThat(microphone.direction()).isEqualTo(Direction.SENDONLY);
        assertThat(microphone.setup()).contains(Setup.ACTPASS);
        assertThat(microphone.rtcpMux()).isTrue();
        assertThat(microphone.rtcpReducedSize()).isTrue();
        assertThat(microphone.ice()).isPresent();
        assertThat(microphone.fingerprints().getFirst().algorithm()).isEqualTo("sha-256");
        assertThat(microphone.extensionId(ExtensionUri.AUDIO_LEVEL.uri())).hasValue(1);
        assertThat(microphone.sources()).hasSize(1);
        assertThat(microphone.sources().getFirst().attributes()).containsKeys("cname", "msid");
        Codec opus = microphone.codecs().getFirst();
        assertThat(opus)
                .isEqualTo(new Codec(
                        111, "opus", 48000, 2, Map.of("minptime", "10", "useinbandfec", "1"), List.of("transport-cc")));

        MediaDescription camera = offer.media("1").orElseThrow();
        assertThat(camera.rids()).extracting(Rid::id).containsExactly("q", "h", "f");
        assertThat(camera.simulcast().orElseThrow().send()).hasSize(3);
        assertThat(camera.codecs()).extracting(Codec::name).containsExactly("VP8", "rtx");
        assertThat(camera.codecs().get(1).associatedPayloadType()).hasValue(96);
        assertThat(camera.codecs().getFirst().feedback()).contains("nack", "nack pli", "ccm fir", "transport-cc");

        MediaDescription slot = offer.media("8").orElseThrow();
        assertThat(slot.direction()).isEqualTo(Direction.RECVONLY);
        MediaDescription data = offer.media().getLast();
        assertThat(data.kind()).isEqualTo(MediaKind.APPLICATION);
        assertThat(data.sctpPort()).hasValue(5000);
        assertThat(data.maxMessageSize()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chromium-offer.sdp", "chromium-offer-h264.sdp", "firefox-offer.sdp"})
    void writesWhatItReads(String name) {
        SessionDescription offer = resource(name);
        assertThat(SessionDescription.parse(offer.write())).isEqualTo(offer);
    }

    @Test
    void readsAnOfferOfFirefox() {
        SessionDescription offer = resource("firefox-offer.sdp");
        MediaDescription camera = offer.media().get(1);
        // Firefox writes its fingerprint once, at session level.
        assertThat(camera.fingerprints()).hasSize(1);
        assertThat(camera.ice()).isPresent();
        assertThat(camera.simulcast().orElseThrow().send()).hasSize(3);
        assertThat(camera.extensions()).isNotEmpty();
    }

    @Test
    void copiesSessionLevelAttributesIntoSectionsWithoutTheirOwn() {
        SessionDescription session = SessionDescription.parse(
                HEAD
                        + "a=ice-ufrag:abcd\na=ice-pwd:0123456789012345678901\na=setup:active\na=recvonly\n"
                        + "m=audio 9 UDP/TLS/RTP/SAVPF 0\nm=video 0 UDP/TLS/RTP/SAVPF 0\na=sendonly\na=bundle-only\na=setup:passive\n");
        assertThat(session.media().getFirst().direction()).isEqualTo(Direction.RECVONLY);
        assertThat(session.media().getFirst().setup()).contains(Setup.ACTIVE);
        assertThat(session.media().get(1).direction()).isEqualTo(Direction.SENDONLY);
        assertThat(session.media().get(1).setup()).contains(Setup.PASSIVE);
        assertThat(session.media().get(1).rejected()).isFalse();
        assertThat(session.media().get(1).ice().orElseThrow().fragment()).isEqualTo("abcd");
    }

    @Test
    void readsCandidatesSimulcastAndGroups() {
        MediaDescription media = SessionDescription.parse(HEAD
                        + "m=video 9 UDP/TLS/RTP/SAVPF 96 97 0\n"
                        + "a=rtcp-fb:* nack\na=rtpmap:97 rtx/90000\na=fmtp:97 apt=96;rtx-time=200\na=rtpmap:96 VP8/90000\n"
                        + "a=candidate:1 1 UDP 2122260223 10.0.0.1 5000 typ host generation 0\n"
                        + "a=rid:hi send pt=96;max-width=1280\na=rid:lo recv\na=simulcast:send hi,alt;~mid recv lo\n"
                        + "a=extmap:4/recvonly urn:x\na=ssrc-group:FID 1 4294967295\na=ssrc:1 cname:c\na=msid:s t\n")
                .media()
                .getFirst();
        assertThat(media.codecs()).extracting(Codec::payloadType).containsExactly(96, 97);
        assertThat(media.codecs().getFirst().feedback()).containsExactly("nack");
        assertThat(media.formats()).containsExactly("96", "97", "0");
        assertThat(media.candidates())
                .containsExactly(
                        new IceCandidate("1", 1, "udp", 2122260223L, "10.0.0.1", 5000, "host", "generation 0"));
        assertThat(media.rids().getFirst().restrictions()).containsEntry("max-width", "1280");
        Simulcast simulcast = media.simulcast().orElseThrow();
        assertThat(simulcast.send().getFirst()).hasSize(2);
        assertThat(simulcast.send().get(1).getFirst().paused()).isTrue();
        assertThat(simulcast.receive()).hasSize(1);
        assertThat(media.extensions().getFirst().direction()).isEqualTo(Direction.RECVONLY);
        assertThat(media.sourceGroups().getFirst().ssrcs()).containsExactly(1L, 4294967295L);
        assertThat(media.msids()).containsExactly(new Msid("s", "t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=0\r\n",
                "v=1\r\no=- 1 2 IN IP4 127.0.0.1\r\n",
                "hello",
                "v=0\no=- 1 2 IN IP4\n",
                "v=0\no=- x 2 IN IP4 0\n",
                HEAD + "m=audio\n",
                HEAD + "m=audio 70000 x 0\n",
                HEAD + "m=smell 9 x 0\n",
                HEAD + "m=audio 9 x 0\na=rtpmap:128 opus/48000\n",
                HEAD + "m=audio 9 x 0\na=rtpmap:96 opus\n",
                HEAD + "m=audio 9 x 0\na=extmap:0 urn:x\n",
                HEAD + "m=audio 9 x 0\na=extmap:x urn:x\n",
                HEAD + "m=audio 9 x 0\na=ice-ufrag:ab\n",
                HEAD + "m=audio 9 x 0\na=ice-pwd:short\n",
                HEAD + "m=audio 9 x 0\na=fingerprint:sha-256 zz\n",
                HEAD + "m=audio 9 x 0\na=setup:sideways\n",
                HEAD + "m=audio 9 x 0\na=ssrc:4294967296 cname:x\n",
                HEAD + "m=audio 9 x 0\na=ssrc-group:FID x\n",
                HEAD + "m=audio 9 x 0\na=candidate:1 1 udp\n",
                HEAD + "m=audio 9 x 0\na=simulcast:send\n",
                HEAD + "m=audio 9 x 0\na=simulcast:send ;;\n",
                HEAD + "m=audio 9 x 0\na=sctp-port:-1\n",
                HEAD + "m=audio 9 x 0\na=mid:a\u0000b\n",
                HEAD + "!=audio\n",
            })
    void refusesMalformedDescriptions(String text) {
        assertThatThrownBy(() -> SessionDescription.parse(text)).isInstanceOf(MalformedSdpException.class);
    }

    @Test
    void namesTheLineThatIsWrong() {
        assertThatThrownBy(() -> SessionDescription.parse(HEAD + "m=audio 9 x 0\r\na=rtpmap:96 opus\r\n"))
                .hasMessage("line 6: rtpmap takes name/clock or name/clock/channels");
    }

    @Test
    void refusesMoreThanItsLimits() {
        assertThatThrownBy(() -> SessionDescription.parse(HEAD + "a=x\n".repeat(5000)))
                .isInstanceOf(MalformedSdpException.class);
        assertThatThrownBy(() -> SessionDescription.parse(HEAD + "a=" + "x".repeat(70_000)))
                .isInstanceOf(MalformedSdpException.class);
        assertThatThrownBy(() -> SessionDescription.parse(HEAD + "m=audio 9 x 0\n".repeat(129)))
                .isInstanceOf(MalformedSdpException.class);
    }
}
