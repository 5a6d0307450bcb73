package dev.parley.peer.rtc;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.media.TrackLabel;
import dev.parley.peer.media.DemoMedia;
import dev.parley.rtp.sdp.Codec;
import dev.parley.rtp.sdp.Direction;
import dev.parley.rtp.sdp.Fingerprint;
import dev.parley.rtp.sdp.IceCandidate;
import dev.parley.rtp.sdp.IceCredentials;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.MediaKind;
import dev.parley.rtp.sdp.Msid;
import dev.parley.rtp.sdp.Rid;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.sdp.Setup;
import dev.parley.rtp.sdp.Simulcast;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The one offer of a peer: microphone and camera (with rids) to send, then audio and video slots to receive, then the data
 * channels.
 */
final class Offer {
    static final int OPUS = 111;
    static final int VP8 = 96;
    static final int VP8_RTX = 97;
    static final String MICROPHONE_MID = "0";
    static final String CAMERA_MID = "1";

    private static final int FIRST_SLOT_MID = 2;
    private static final int MAX_MESSAGE_BYTES = 256 << 10;

    private final int audioSlots;
    private final int videoSlots;
    private final IceCredentials ice;
    private final List<IceCandidate> candidates;
    private final Fingerprint fingerprint;
    private final Setup setup;

    Offer(
            int audioSlots,
            int videoSlots,
            IceCredentials ice,
            List<IceCandidate> candidates,
            Fingerprint fingerprint,
            Setup setup) {
        this.audioSlots = audioSlots;
        this.videoSlots = videoSlots;
        this.ice = ice;
        this.candidates = List.copyOf(candidates);
        this.fingerprint = fingerprint;
        this.setup = setup;
    }

    List<TrackLabel> tracks() {
        return List.of(new TrackLabel(MICROPHONE_MID, Source.MICROPHONE), new TrackLabel(CAMERA_MID, Source.CAMERA));
    }

    List<String> audioSlotMids() {
        return mids(FIRST_SLOT_MID, audioSlots);
    }

    List<String> videoSlotMids() {
        return mids(FIRST_SLOT_MID + audioSlots, videoSlots);
    }

    private static List<String> mids(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(String::valueOf).toList();
    }

    private String channelsMid() {
        return String.valueOf(FIRST_SLOT_MID + audioSlots + videoSlots);
    }

    String write(long sessionId) {
        List<MediaDescription> sections = new ArrayList<>();
        sections.add(audio(MICROPHONE_MID, Direction.SENDONLY)
                .msid(new Msid("peer", "microphone"))
                .build());
        sections.add(camera());
        audioSlotMids()
                .forEach(mid -> sections.add(audio(mid, Direction.RECVONLY).build()));
        videoSlotMids()
                .forEach(mid -> sections.add(video(mid, Direction.RECVONLY).build()));
        sections.add(transport(MediaDescription.builder(MediaKind.APPLICATION, channelsMid()))
                .sctpPort(5000)
                .maxMessageSize(MAX_MESSAGE_BYTES)
                .build());
        List<String> bundle = sections.stream().map(MediaDescription::mid).toList();
        return new SessionDescription(sessionId, 1, false, true, bundle, sections).write();
    }

    private MediaDescription camera() {
        MediaDescription.Builder camera = video(CAMERA_MID, Direction.SENDONLY).msid(new Msid("peer", "camera"));
        DemoMedia.RIDS.forEach(rid -> camera.rid(new Rid(rid, true, Map.of())));
        return camera.simulcast(new Simulcast(
                        DemoMedia.RIDS.stream()
                                .map(rid -> List.of(new Simulcast.Alternative(rid, false)))
                                .toList(),
                        List.of()))
                .build();
    }

    private MediaDescription.Builder audio(String mid, Direction direction) {
        MediaDescription.Builder section = transport(MediaDescription.builder(MediaKind.AUDIO, mid))
                .direction(direction)
                .rtcpMux(true)
                .rtcpReducedSize(true)
                .codecs(List.of(new Codec(
                        OPUS,
                        "opus",
                        48_000,
                        2,
                        Map.of("minptime", "10", "useinbandfec", "1"),
                        List.of("transport-cc"))));
        Extensions.audio().forEach(section::extension);
        return section;
    }

    private MediaDescription.Builder video(String mid, Direction direction) {
        List<String> feedback = List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli");
        MediaDescription.Builder section = transport(MediaDescription.builder(MediaKind.VIDEO, mid))
                .direction(direction)
                .rtcpMux(true)
                .rtcpReducedSize(true)
                .codecs(List.of(
                        new Codec(VP8, "VP8", 90_000, 1, Map.of(), feedback),
                        new Codec(VP8_RTX, "rtx", 90_000, 1, Map.of("apt", String.valueOf(VP8)), List.of())));
        Extensions.video().forEach(section::extension);
        return section;
    }

    private MediaDescription.Builder transport(MediaDescription.Builder section) {
        section.ice(ice).fingerprint(fingerprint).setup(setup);
        candidates.forEach(section::candidate);
        return section;
    }
}
