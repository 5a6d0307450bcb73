package dev.parley.rtp.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One media section.
 *
 * @param kind audio, video or application
 * @param port the m-line's port; 0 rejects the section unless it is bundle-only
 * @param protocol such as {@code UDP/TLS/RTP/SAVPF}
 * @param formats the m-line's formats as written
 * @param mid the section's name, empty when it has none (FFmpeg's WHIP client)
 * @param direction as its describer sees it
 * @param codecs payload types that have an rtpmap, in the m-line's order
 * @param extensions header extensions
 * @param ice credentials
 * @param fingerprints of the describer's certificate
 * @param setup the describer's DTLS role
 * @param rtcpMux whether RTP and RTCP share the port
 * @param rtcpReducedSize whether reduced-size RTCP is welcome
 * @param bundleOnly whether the section lives only inside the bundle
 * @param rids restricted stream ids
 * @param simulcast which rids go at once
 * @param msids the media streams a sent track belongs to
 * @param sources SSRCs
 * @param sourceGroups SSRC groups
 * @param candidates ICE candidates
 * @param endOfCandidates whether there will be no more
 * @param sctpPort SCTP port of a data channel association
 * @param maxMessageSize largest data channel message the describer takes, in bytes
 */
public record MediaDescription(
        MediaKind kind,
        int port,
        String protocol,
        List<String> formats,
        String mid,
        Direction direction,
        List<Codec> codecs,
        List<ExtensionMap> extensions,
        Optional<IceCredentials> ice,
        List<Fingerprint> fingerprints,
        Optional<Setup> setup,
        boolean rtcpMux,
        boolean rtcpReducedSize,
        boolean bundleOnly,
        List<Rid> rids,
        Optional<Simulcast> simulcast,
        List<Msid> msids,
        List<Source> sources,
        List<SourceGroup> sourceGroups,
        List<IceCandidate> candidates,
        boolean endOfCandidates,
        OptionalInt sctpPort,
        OptionalLong maxMessageSize) {
    public MediaDescription {
        formats = List.copyOf(formats);
        codecs = List.copyOf(codecs);
        extensions = List.copyOf(extensions);
        fingerprints = List.copyOf(fingerprints);
        rids = List.copyOf(rids);
        msids = List.copyOf(msids);
        sources = List.copyOf(sources);
        sourceGroups = List.copyOf(sourceGroups);
        candidates = List.copyOf(candidates);
    }

    /** Whether the describer refuses this section. */
    public boolean rejected() {
        return port == 0 && !bundleOnly;
    }

    /** The id of a header extension by its URI. */
    public OptionalInt extensionId(String uri) {
        return extensions.stream()
                .filter(extension -> extension.uri().equals(uri))
                .mapToInt(ExtensionMap::id)
                .findFirst();
    }

    /** Starts a section. */
    public static Builder builder(MediaKind kind, String mid) {
        return new Builder(kind, mid);
    }

    /** Collects a section; fields are set by the parser and by whoever writes an offer or an answer. */
    public static final class Builder {
        private final MediaKind kind;
        private String mid;
        private int port = 9;
        private String protocol;
        private List<String> formats = List.of();
        private Direction direction = Direction.SENDRECV;
        private List<Codec> codecs = List.of();
        private final List<ExtensionMap> extensions = new ArrayList<>();
        private IceCredentials ice;
        private final List<Fingerprint> fingerprints = new ArrayList<>();
        private Setup setup;
        private boolean rtcpMux;
        private boolean rtcpReducedSize;
        private boolean bundleOnly;
        private final List<Rid> rids = new ArrayList<>();
        private Simulcast simulcast;
        private final List<Msid> msids = new ArrayList<>();
        private final List<Source> sources = new ArrayList<>();
        private final List<SourceGroup> sourceGroups = new ArrayList<>();
        private final List<IceCandidate> candidates = new ArrayList<>();
        private boolean endOfCandidates;
        private OptionalInt sctpPort = OptionalInt.empty();
        private OptionalLong maxMessageSize = OptionalLong.empty();

        private Builder(MediaKind kind, String mid) {
            this.kind = kind;
            this.mid = mid;
            this.protocol = kind == MediaKind.APPLICATION ? "UDP/DTLS/SCTP" : "UDP/TLS/RTP/SAVPF";
        }

        public Builder mid(String value) {
            mid = value;
            return this;
        }

        public Builder port(int value) {
            port = value;
            return this;
        }

        public Builder protocol(String value) {
            protocol = value;
            return this;
        }

        /** The m-line's formats; not needed when every payload type has a codec. */
        public Builder formats(List<String> value) {
            formats = value;
            return this;
        }

        public Builder direction(Direction value) {
            direction = value;
            return this;
        }

        public Builder codecs(List<Codec> value) {
            codecs = value;
            return this;
        }

        public Builder extension(ExtensionMap value) {
            extensions.add(value);
            return this;
        }

        public Builder ice(IceCredentials value) {
            ice = value;
            return this;
        }

        public Builder fingerprint(Fingerprint value) {
            fingerprints.add(value);
            return this;
        }

        public Builder setup(Setup value) {
            setup = value;
            return this;
        }

        public Builder rtcpMux(boolean value) {
            rtcpMux = value;
            return this;
        }

        public Builder rtcpReducedSize(boolean value) {
            rtcpReducedSize = value;
            return this;
        }

        public Builder bundleOnly(boolean value) {
            bundleOnly = value;
            return this;
        }

        public Builder rid(Rid value) {
            rids.add(value);
            return this;
        }

        public Builder simulcast(Simulcast value) {
            simulcast = value;
            return this;
        }

        public Builder msid(Msid value) {
            msids.add(value);
            return this;
        }

        public Builder source(Source value) {
            sources.add(value);
            return this;
        }

        public Builder sourceGroup(SourceGroup value) {
            sourceGroups.add(value);
            return this;
        }

        public Builder candidate(IceCandidate value) {
            candidates.add(value);
            return this;
        }

        public Builder endOfCandidates(boolean value) {
            endOfCandidates = value;
            return this;
        }

        public Builder sctpPort(int value) {
            sctpPort = OptionalInt.of(value);
            return this;
        }

        public Builder maxMessageSize(long value) {
            maxMessageSize = OptionalLong.of(value);
            return this;
        }

        /** Finishes the section. */
        public MediaDescription build() {
            List<String> lineFormats = formats;
            if (lineFormats.isEmpty()) {
                lineFormats = kind == MediaKind.APPLICATION
                        ? List.of("webrtc-datachannel")
                        : codecs.stream()
                                .map(codec -> String.valueOf(codec.payloadType()))
                                .toList();
            }
            return new MediaDescription(
                    kind,
                    port,
                    protocol,
                    lineFormats,
                    mid,
                    direction,
                    codecs,
                    extensions,
                    Optional.ofNullable(ice),
                    fingerprints,
                    Optional.ofNullable(setup),
                    rtcpMux,
                    rtcpReducedSize,
                    bundleOnly,
                    rids,
                    Optional.ofNullable(simulcast),
                    msids,
                    sources,
                    sourceGroups,
                    candidates,
                    endOfCandidates,
                    sctpPort,
                    maxMessageSize);
        }
    }
}
