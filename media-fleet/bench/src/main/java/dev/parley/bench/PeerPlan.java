package dev.parley.bench;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.media.TrackLabel;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.sdp.Codec;
import dev.parley.rtp.sdp.Direction;
import dev.parley.rtp.sdp.ExtensionMap;
import dev.parley.rtp.sdp.Fingerprint;
import dev.parley.rtp.sdp.IceCredentials;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.MediaKind;
import dev.parley.rtp.sdp.Rid;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.sdp.Setup;
import dev.parley.rtp.sdp.Simulcast;
import dev.parley.rtp.sdp.SourceGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a light participant sends and receives, and the offer that says so.
 *
 * @param microphone whether it sends an Opus stream
 * @param camera whether it sends a VP8 stream
 * @param rids the camera's layers, low to high; empty without simulcast
 * @param audioSlots streams it can hear
 * @param videoSlots streams it can see
 */
public record PeerPlan(boolean microphone, boolean camera, List<String> rids, int audioSlots, int videoSlots) {
    public static final int OPUS = 111;
    public static final int VP8 = 96;
    public static final int AUDIO_LEVEL_ID = 1;
    public static final int TRANSPORT_SEQUENCE_ID = 3;
    public static final int MID_ID = 4;
    public static final int RID_ID = 10;
    public static final String MICROPHONE_MID = "m";
    public static final String CAMERA_MID = "c";
    public static final long MICROPHONE_SSRC = 1001;
    public static final long CAMERA_SSRC = 2001;

    private static final int VP8_RTX = 97;
    private static final long CAMERA_RTX_SSRC = 2002;

    /** The labels of what it sends. */
    public List<TrackLabel> tracks() {
        List<TrackLabel> tracks = new ArrayList<>();
        if (microphone) {
            tracks.add(new TrackLabel(MICROPHONE_MID, Source.MICROPHONE));
        }
        if (camera) {
            tracks.add(new TrackLabel(CAMERA_MID, Source.CAMERA));
        }
        return tracks;
    }

    public static String audioSlotMid(int slot) {
        return "a" + slot;
    }

    public static String videoSlotMid(int slot) {
        return "v" + slot;
    }

    /**
     * The offer, without candidates: the other side learns where we are from our checks.
     *
     * @param dataChannel whether it offers one
     */
    public String offer(IceCredentials ice, Fingerprint fingerprint, boolean dataChannel) {
        List<MediaDescription.Builder> sections = new ArrayList<>();
        if (microphone) {
            sections.add(audio(MICROPHONE_MID, Direction.SENDONLY).source(source(MICROPHONE_SSRC)));
        }
        if (camera) {
            sections.add(cameraSection());
        }
        for (int slot = 0; slot < audioSlots; slot++) {
            sections.add(audio(audioSlotMid(slot), Direction.RECVONLY));
        }
        for (int slot = 0; slot < videoSlots; slot++) {
            sections.add(video(videoSlotMid(slot), Direction.RECVONLY));
        }
        if (dataChannel) {
            sections.add(MediaDescription.builder(MediaKind.APPLICATION, "d")
                    .sctpPort(5000)
                    .maxMessageSize(65_536));
        }
        List<MediaDescription> media = sections.stream()
                .map(section -> section.ice(ice)
                        .fingerprint(fingerprint)
                        .setup(Setup.ACTPASS)
                        .build())
                .toList();
        List<String> bundle = media.stream().map(MediaDescription::mid).toList();
        return new SessionDescription(1, 1, false, true, bundle, media).write();
    }

    private MediaDescription.Builder cameraSection() {
        MediaDescription.Builder section = video(CAMERA_MID, Direction.SENDONLY);
        if (rids.isEmpty()) {
            return section.source(source(CAMERA_SSRC))
                    .source(source(CAMERA_RTX_SSRC))
                    .sourceGroup(new SourceGroup(SourceGroup.FID, List.of(CAMERA_SSRC, CAMERA_RTX_SSRC)));
        }
        rids.forEach(rid -> section.rid(new Rid(rid, true, Map.of())));
        return section.simulcast(new Simulcast(
                rids.stream()
                        .map(rid -> List.of(new Simulcast.Alternative(rid, false)))
                        .toList(),
                List.of()));
    }

    private static dev.parley.rtp.sdp.Source source(long ssrc) {
        return new dev.parley.rtp.sdp.Source(ssrc, Map.of("cname", "bench"));
    }

    private static MediaDescription.Builder audio(String mid, Direction direction) {
        return section(MediaKind.AUDIO, mid, direction)
                .codecs(List.of(new Codec(OPUS, "opus", 48_000, 2, Map.of(), List.of("transport-cc"))))
                .extension(new ExtensionMap(AUDIO_LEVEL_ID, ExtensionUri.AUDIO_LEVEL.uri()));
    }

    private static MediaDescription.Builder video(String mid, Direction direction) {
        return section(MediaKind.VIDEO, mid, direction)
                .extension(new ExtensionMap(RID_ID, ExtensionUri.RID.uri()))
                .codecs(List.of(
                        new Codec(
                                VP8,
                                "VP8",
                                90_000,
                                1,
                                Map.of(),
                                List.of("transport-cc", "ccm fir", "nack", "nack pli")),
                        new Codec(VP8_RTX, "rtx", 90_000, 1, Map.of("apt", String.valueOf(VP8)), List.of())));
    }

    private static MediaDescription.Builder section(MediaKind kind, String mid, Direction direction) {
        return MediaDescription.builder(kind, mid)
                .direction(direction)
                .rtcpMux(true)
                .rtcpReducedSize(true)
                .extension(new ExtensionMap(MID_ID, ExtensionUri.MID.uri()))
                .extension(new ExtensionMap(TRANSPORT_SEQUENCE_ID, ExtensionUri.TRANSPORT_SEQUENCE.uri()));
    }
}
