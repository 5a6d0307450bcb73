package dev.parley.node.negotiation;

import dev.parley.rtp.payload.H264ProfileLevel;
import dev.parley.rtp.sdp.Codec;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.MediaKind;
import dev.parley.sfu.PayloadFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Chooses what a section speaks: of the codecs the node forwards, those offered, VP8 before H.264 before VP9 before AV1. */
final class Codecs {
    private static final Set<String> VIDEO_FEEDBACK = Set.of("nack", "nack pli", "ccm fir", "transport-cc");
    private static final Set<String> AUDIO_FEEDBACK = Set.of("transport-cc");
    private static final List<dev.parley.sfu.Codec> PREFERENCE = List.of(
            dev.parley.sfu.Codec.OPUS,
            dev.parley.sfu.Codec.VP8,
            dev.parley.sfu.Codec.H264,
            dev.parley.sfu.Codec.VP9,
            dev.parley.sfu.Codec.AV1);

    /** One codec as offered, with its retransmission format if one was offered. */
    record Choice(PayloadFormat format, Codec codec, Optional<Codec> rtx) {}

    private Codecs() {}

    static List<Choice> choose(MediaDescription section) {
        List<Choice> choices = new ArrayList<>();
        for (Codec codec : section.codecs()) {
            dev.parley.sfu.Codec known = known(section.kind(), codec);
            if (known != null) {
                Optional<Codec> rtx = retransmission(section, codec.payloadType());
                int rtxType = rtx.map(Codec::payloadType).orElse(PayloadFormat.NO_RTX);
                choices.add(new Choice(
                        new PayloadFormat(codec.payloadType(), known, profile(known, codec), rtxType), codec, rtx));
            }
        }
        choices.sort(Comparator.comparingInt(
                choice -> PREFERENCE.indexOf(choice.format().codec())));
        return choices;
    }

    /** The answer's lines for the chosen codecs. */
    static List<Codec> answer(MediaKind kind, List<Choice> choices) {
        List<Codec> answer = new ArrayList<>();
        for (Choice choice : choices) {
            Codec offered = choice.codec();
            Set<String> wanted = kind == MediaKind.AUDIO ? AUDIO_FEEDBACK : VIDEO_FEEDBACK;
            List<String> feedback = offered.feedback().stream()
                    .filter(wanted::contains)
                    .distinct()
                    .toList();
            // VP8's parameters are limits of the offerer's decoder; repeating them would limit what we take.
            Map<String, String> parameters =
                    choice.format().codec() == dev.parley.sfu.Codec.VP8 ? Map.of() : offered.parameters();
            answer.add(new Codec(
                    offered.payloadType(),
                    offered.name(),
                    offered.clockRate(),
                    offered.channels(),
                    parameters,
                    feedback));
            choice.rtx()
                    .ifPresent(rtx -> answer.add(
                            new Codec(rtx.payloadType(), rtx.name(), rtx.clockRate(), 1, rtx.parameters(), List.of())));
        }
        return answer;
    }

    private static Optional<Codec> retransmission(MediaDescription section, int payloadType) {
        return section.codecs().stream()
                .filter(codec ->
                        codec.is("rtx") && codec.associatedPayloadType().equals(OptionalInt.of(payloadType)))
                .findFirst();
    }

    private static dev.parley.sfu.Codec known(MediaKind kind, Codec codec) {
        if (kind == MediaKind.AUDIO) {
            return codec.is("opus") && codec.clockRate() == 48_000 ? dev.parley.sfu.Codec.OPUS : null;
        }
        if (codec.clockRate() != 90_000) {
            return null;
        }
        return codec.is("VP8")
                ? dev.parley.sfu.Codec.VP8
                : codec.is("VP9")
                        ? dev.parley.sfu.Codec.VP9
                        : codec.is("H264")
                                ? dev.parley.sfu.Codec.H264
                                : codec.is("AV1") ? dev.parley.sfu.Codec.AV1 : null;
    }

    /** What decides whether a stream can be decoded, in one form for all browsers. */
    private static String profile(dev.parley.sfu.Codec known, Codec codec) {
        return switch (known) {
            case H264 -> {
                String text = codec.parameters().getOrDefault("profile-level-id", "42000a");
                H264ProfileLevel level = H264ProfileLevel.parse(text).orElse(H264ProfileLevel.DEFAULT);
                yield level.profile() + "/" + codec.parameters().getOrDefault("packetization-mode", "0");
            }
            case VP9 -> codec.parameters().getOrDefault("profile-id", "0");
            case AV1 -> codec.parameters().getOrDefault("profile", "0");
            case OPUS, VP8 -> "";
        };
    }
}
