package dev.parley.rtp.sdp;

import java.util.List;
import java.util.Optional;

/**
 * A session description.
 *
 * @param sessionId the origin's session id, unsigned decimal below 2^63
 * @param version the origin's version, raised with each new description of the session
 * @param iceLite whether the describer is an ICE-lite agent
 * @param mixedExtensions whether one- and two-byte header extensions may be mixed ({@code extmap-allow-mixed})
 * @param bundle the mids that share one transport, empty without a bundle group
 * @param media the media sections in order
 */
public record SessionDescription(
        long sessionId,
        long version,
        boolean iceLite,
        boolean mixedExtensions,
        List<String> bundle,
        List<MediaDescription> media) {
    public SessionDescription {
        bundle = List.copyOf(bundle);
        media = List.copyOf(media);
    }

    /**
     * Parses a description.
     *
     * @throws MalformedSdpException if it breaks the grammar or is larger than {@link SdpParser#MAX_LENGTH}
     */
    public static SessionDescription parse(String text) {
        return SdpParser.parse(text);
    }

    /** Writes the description with CRLF line ends. */
    public String write() {
        return SdpWriter.write(this);
    }

    /** The first section with this mid. */
    public Optional<MediaDescription> media(String mid) {
        return media.stream().filter(section -> section.mid().equals(mid)).findFirst();
    }
}
