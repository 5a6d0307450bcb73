package dev.parley.rtp.extension;

import java.util.Optional;

/** The RTP header extensions this module knows, by the URI that {@code a=extmap} names. */
public enum ExtensionUri {
    /** Media section id (RFC 8843 section 15). */
    MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
    /** RTP stream id of a simulcast layer (RFC 8852). */
    RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
    /** RTP stream id that an RTX packet repairs (RFC 8852). */
    REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
    /** Client-to-mixer audio level (RFC 6464). */
    AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
    /** Transport-wide sequence number (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
    TRANSPORT_SEQUENCE("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
    /** Absolute send time, 6.18 fixed point seconds. */
    ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
    /** Coordination of video orientation (3GPP TS 26.114). */
    VIDEO_ORIENTATION("urn:3gpp:video-orientation"),
    /** Playout delay limits. */
    PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"),
    /** AV1 dependency descriptor, used with every codec that scales. */
    DEPENDENCY_DESCRIPTOR("https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension");

    private static final ExtensionUri[] ALL = values();

    private final String uri;

    ExtensionUri(String uri) {
        this.uri = uri;
    }

    /** The URI as SDP writes it. */
    public String uri() {
        return uri;
    }

    /** Finds the extension a URI names. */
    public static Optional<ExtensionUri> of(String uri) {
        for (ExtensionUri extension : ALL) {
            if (extension.uri.equals(uri)) {
                return Optional.of(extension);
            }
        }
        return Optional.empty();
    }
}
