package dev.parley.node.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.media.TrackLabel;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.fuzz.Fuzz;
import dev.parley.rtp.sdp.Codec;
import dev.parley.rtp.sdp.Direction;
import dev.parley.rtp.sdp.IceCandidate;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.MediaKind;
import dev.parley.rtp.sdp.Rid;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.sdp.Setup;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.PayloadFormat;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.ReceiveSlot;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.dtls.Fingerprint;
import dev.parley.transport.ice.IceCredentials;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real offers of Chromium 156 and Firefox ESR 153: four senders, three audio and nine video slots, data channels. */
class AgreementTest {
    private static final List<TrackLabel> LABELS = List.of(
            new TrackLabel("0", Source.MICROPHONE),
            new TrackLabel("1", Source.CAMERA),
            new TrackLabel("2", Source.SCREEN),
            new TrackLabel("3", Source.SCREEN_AUDIO));
    private static final Set<Source> EVERYTHING = EnumSet.allOf(Source.class);
    private static final LocalTransport LOCAL = new LocalTransport(
            new IceCredentials("abcdefgh", "0123456789012345678901234"),
            new Fingerprint("sha-256", "AA:".repeat(31) + "AA"),
            DtlsRole.SERVER,
            "192.0.2.7",
            10001);

    private static String offer(String name) {
        return Fuzz.text(AgreementTest.class, "/sdp/" + name);
    }

    private static Agreement agree(String sdp) {
        return Agreement.of(sdp, LABELS, EVERYTHING, 64, new Random(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chromium-offer.sdp", "firefox-offer.sdp", "chromium-offer-h264.sdp"})
    void answersEverySectionInOrder(String name) {
        SessionDescription offer = SessionDescription.parse(offer(name));
        SessionDescription answer = SessionDescription.parse(agree(offer(name)).answer(LOCAL, "node-1", 1));

        assertThat(answer.iceLite()).isTrue();
        assertThat(answer.bundle()).isEqualTo(offer.bundle());
        assertThat(answer.media())
                .extracting(MediaDescription::mid)
                .isEqualTo(offer.media().stream().map(MediaDescription::mid).toList());
        Set<Long> ssrcs = new HashSet<>();
        Set<String> streams = new HashSet<>();
        for (int i = 0; i < answer.media().size(); i++) {
            MediaDescription offered = offer.media().get(i);
            MediaDescription answered = answer.media().get(i);
            assertThat(answered.kind()).isEqualTo(offered.kind());
            assertThat(answered.rejected()).isFalse();
            assertThat(answered.setup()).contains(Setup.PASSIVE);
            assertThat(answered.ice().orElseThrow().fragment()).isEqualTo("abcdefgh");
            if (offered.kind() == MediaKind.APPLICATION) {
                assertThat(answered.sctpPort()).hasValue(5000);
                continue;
            }
            assertThat(answered.direction()).isEqualTo(offered.direction().reversed());
            assertThat(answered.rtcpMux()).isTrue();
            assertThat(offered.codecs())
                    .extracting(Codec::payloadType)
                    .containsAll(
                            answered.codecs().stream().map(Codec::payloadType).toList());
            if (answered.direction() == Direction.SENDONLY) {
                int perSlot = offered.kind() == MediaKind.VIDEO ? 2 : 1;
                assertThat(answered.sources()).hasSize(perSlot);
                answered.sources()
                        .forEach(source -> assertThat(ssrcs.add(source.ssrc())).isTrue());
                assertThat(streams.add(answered.msids().getFirst().stream())).isTrue();
                assertThat(answered.sourceGroups()).hasSize(perSlot - 1);
            }
        }
        assertThat(ssrcs).hasSize(3 + 2 * 9);
        assertThat(answer.media().getFirst().candidates())
                .containsExactly(IceCandidate.udpHost("192.0.2.7", 10001, 2130706431L));
    }

    @Test
    void takesSimulcastLayersLowestFirst() {
        Agreement agreement = agree(offer("chromium-offer.sdp"));
        MediaDescription camera = SessionDescription.parse(agreement.answer(LOCAL, "node-1", 1))
                .media("1")
                .orElseThrow();
        assertThat(camera.rids())
                .containsExactly(
                        new Rid("q", false, java.util.Map.of()),
                        new Rid("h", false, java.util.Map.of()),
                        new Rid("f", false, java.util.Map.of()));
        assertThat(camera.simulcast().orElseThrow().receive()).hasSize(3);
        assertThat(agreement.published())
                .extracting(PublishedSource::source)
                .containsExactly(
                        dev.parley.sfu.Source.MICROPHONE,
                        dev.parley.sfu.Source.CAMERA,
                        dev.parley.sfu.Source.SCREEN,
                        dev.parley.sfu.Source.SCREEN_AUDIO);
        assertThat(agreement.published().get(1).rids()).containsExactly("q", "h", "f");
        // Senders without rids are known by the SSRCs of the offer.
        assertThat(agreement.published().getFirst().ssrc()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"chromium-offer.sdp, 111, 96, 97", "firefox-offer.sdp, 109, 120, 124"})
    void tellsTheSfuWhatEachBrowserSpeaks(String name, int opus, int vp8, int rtx) {
        ParticipantSpec spec = agree(offer(name)).spec(7);
        assertThat(spec.number()).isEqualTo(7);
        assertThat(spec.slots()).hasSize(12);
        assertThat(spec.slots().stream().filter(ReceiveSlot::video)).hasSize(9);
        assertThat(spec.formats())
                .containsExactly(
                        new PayloadFormat(opus, dev.parley.sfu.Codec.OPUS, "", PayloadFormat.NO_RTX),
                        new PayloadFormat(vp8, dev.parley.sfu.Codec.VP8, "", rtx));
        assertThat(spec.extensions().has(ExtensionUri.MID)).isTrue();
        assertThat(spec.extensions().has(ExtensionUri.TRANSPORT_SEQUENCE)).isTrue();
        assertThat(spec.extensions().has(ExtensionUri.ABS_SEND_TIME)).isFalse();
    }

    @Test
    void prefersVp8AndNamesH264ProfilesAlikeForAllBrowsers() {
        Agreement agreement = agree(offer("chromium-offer-h264.sdp"));
        List<PayloadFormat> formats = agreement.spec(1).formats();
        assertThat(formats).extracting(PayloadFormat::codec).contains(dev.parley.sfu.Codec.H264);
        assertThat(formats.stream().filter(format -> format.codec() == dev.parley.sfu.Codec.H264))
                .allSatisfy(format -> assertThat(format.profile()).isEqualTo("CONSTRAINED_BASELINE/1"));
        MediaDescription camera = SessionDescription.parse(agreement.answer(LOCAL, "node-1", 1))
                .media("1")
                .orElseThrow();
        assertThat(camera.codecs().getFirst().name()).isEqualTo("VP8");
        assertThat(camera.codecs().getFirst().feedback())
                .containsExactlyInAnyOrder("transport-cc", "ccm fir", "nack", "nack pli");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=extmap:\\d+ http://www.ietf.org/id/draft-holmer-rmcat-transport.*",
                "a=rtcp-fb:\\d+ transport-cc.*"
            })
    void numbersOnlySlotsThatAreReportedOn(String without) {
        int video = offer("firefox-offer.sdp")
                .indexOf("m=video", offer("firefox-offer.sdp").indexOf("a=mid:6"));
        String sdp = offer("firefox-offer.sdp").substring(0, video).replaceAll(without, "a=x")
                + offer("firefox-offer.sdp").substring(video);

        List<ReceiveSlot> slots = agree(sdp).slots();

        assertThat(slots).extracting(ReceiveSlot::video).contains(true, false);
        assertThat(slots).allSatisfy(slot -> {
            assertThat(slot.extensions()).contains(ExtensionUri.MID);
            assertThat(slot.extensions().contains(ExtensionUri.TRANSPORT_SEQUENCE))
                    .isEqualTo(slot.video());
        });
    }

    @Test
    void answersASourceThatIsNotAllowedAsInactive() {
        Agreement agreement =
                Agreement.of(offer("chromium-offer.sdp"), LABELS, EnumSet.of(Source.MICROPHONE), 64, new Random(1));
        SessionDescription answer = SessionDescription.parse(agreement.answer(LOCAL, "node-1", 1));
        assertThat(answer.media("0").orElseThrow().direction()).isEqualTo(Direction.RECVONLY);
        assertThat(answer.media("1").orElseThrow().direction()).isEqualTo(Direction.INACTIVE);
        assertThat(agreement.published()).hasSize(1);
    }

    @Test
    void takesTheClientRoleWhenTheOfferIsPassive() {
        Agreement agreement = agree(offer("chromium-offer.sdp").replace("a=setup:actpass", "a=setup:passive"));
        assertThat(agreement.remote().role()).isEqualTo(DtlsRole.CLIENT);
        assertThat(agree(offer("chromium-offer.sdp")).remote().role()).isEqualTo(DtlsRole.SERVER);
    }

    @Test
    void restartsWithTheSameSlots() {
        Agreement agreement = agree(offer("chromium-offer.sdp"));
        String again = offer("chromium-offer.sdp")
                .replaceAll("a=ice-ufrag:.*\r\n", "a=ice-ufrag:next\r\n")
                .replaceAll("a=ice-pwd:.*\r\n", "a=ice-pwd:nextnextnextnextnextnext\r\n");
        assertThat(agreement.restartedBy(again).ice().ufrag()).isEqualTo("next");
        SessionDescription first = SessionDescription.parse(agreement.answer(LOCAL, "node-1", 1));
        SessionDescription second = SessionDescription.parse(agreement.answer(LOCAL, "node-1", 2));
        assertThat(second.sessionId()).isEqualTo(first.sessionId());
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.media()).isEqualTo(first.media());
        assertThatThrownBy(
                        () -> agreement.restartedBy(offer("firefox-offer.sdp").replace("a=mid:5", "a=mid:x5")))
                .isInstanceOf(UnusableOfferException.class);
    }

    static List<Arguments> unusable() {
        return List.of(
                Arguments.of("a=rtcp-mux\r\n", "", "a=rtcp-mux"),
                Arguments.of("a=mid:3\r\n", "a=mid:0\r\n", "a=mid"),
                Arguments.of("a=group:BUNDLE", "a=group:LS", "BUNDLE"),
                Arguments.of("a=sctp-port:5000\r\n", "", "m=application"),
                Arguments.of("VP8/90000", "VP7/90000", "a=rtpmap"),
                Arguments.of("opus/48000/2", "G711/8000", "a=rtpmap"),
                Arguments.of("a=setup:actpass", "a=setup:holdconn", "a=setup"),
                Arguments.of("sha-256", "md5", "a=fingerprint"),
                Arguments.of("a=ice-pwd:", "a=x-pwd:", "a=ice-ufrag"),
                Arguments.of("sdes:rtp-stream-id", "sdes:other", "a=extmap"),
                Arguments.of("v=0", "v=9", "sdp: line 1"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void saysWhatAnUnusableOfferLacks(String text, String replacement, String named) {
        String broken = offer("chromium-offer.sdp").replace(text, replacement);
        assertThatThrownBy(() -> agree(broken))
                .isInstanceOf(UnusableOfferException.class)
                .hasMessageContaining(named);
    }

    @Test
    void refusesLabelsThatDoNotFit() {
        String sdp = offer("chromium-offer.sdp");
        for (List<TrackLabel> labels : List.of(
                List.of(new TrackLabel("99", Source.CAMERA)),
                List.of(new TrackLabel("0", Source.CAMERA)),
                List.of(new TrackLabel(null, Source.CAMERA)),
                List.of(new TrackLabel("1", Source.SCREEN), new TrackLabel("2", Source.SCREEN)))) {
            assertThatThrownBy(() -> Agreement.of(sdp, labels, EVERYTHING, 64, new Random(1)))
                    .isInstanceOf(UnusableOfferException.class)
                    .hasMessageContaining("tracks");
        }
        assertThatThrownBy(() -> Agreement.of(sdp, LABELS, EVERYTHING, 11, new Random(1)))
                .hasMessageContaining("11 receive slots");
        assertThatThrownBy(() -> Agreement.of(null, LABELS, EVERYTHING, 64, new Random(1)))
                .isInstanceOf(UnusableOfferException.class);
    }
}
