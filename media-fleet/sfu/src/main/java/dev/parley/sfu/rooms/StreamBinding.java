package dev.parley.sfu.rooms;

import dev.parley.rtp.extension.TextValue;
import dev.parley.sfu.PayloadFormat;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.tracks.SsrcMap;
import dev.parley.sfu.tracks.Track;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Finds out which track and layer an SSRC belongs to: by {@code a=ssrc} of the offer, by the MID and RID elements of its packets (RFC 8843 section 9.2,
 * RFC 8852), or, for a publisher with neither, by being the only track of its kind.
 */
final class StreamBinding {
    /** How many SSRCs one publisher may ever use; each costs memory. */
    static final int MAX_BINDINGS = 256;

    private final List<Track> tracks;
    private final SsrcMap<IncomingStream> streams = new SsrcMap<>();
    private final byte[][] mids;
    private int bindings;

    StreamBinding(List<Track> tracks) {
        this.tracks = tracks;
        mids = new byte[tracks.size()][];
        for (int i = 0; i < mids.length; i++) {
            mids[i] = TextValue.bytes(tracks.get(i).published().mid());
        }
    }

    /** What an SSRC was found to be; null when that is not known yet. */
    IncomingStream find(long ssrc) {
        return streams.get(ssrc);
    }

    /**
     * Finds out what an unknown SSRC is, from the header extensions of one of its packets. Allocates: this happens once per stream.
     *
     * @return null when the packet does not tell
     */
    IncomingStream bind(long ssrc, PayloadFormat format, boolean repair, Elements elements) {
        if (bindings >= MAX_BINDINGS) {
            return null;
        }
        IncomingStream stream = announced(ssrc);
        if (stream == null) {
            stream = byElements(format, repair, elements);
        }
        if (stream == null
                || stream.repair() != repair
                || stream.track().source().video() != format.codec().video()) {
            return null;
        }
        if (repair && stream.layer() == null) {
            return null;
        }
        bindings++;
        if (!repair) {
            if (stream.layer() != null) {
                streams.remove(stream.layer().ssrc());
            }
            stream.track().start(stream.index(), ssrc, format.codec().clockRate());
        }
        streams.put(ssrc, stream);
        return stream;
    }

    private IncomingStream announced(long ssrc) {
        for (Track track : tracks) {
            PublishedSource published = track.published();
            if (published.ssrc() == ssrc) {
                return new IncomingStream(track, 0, false);
            }
            if (published.rtxSsrc() == ssrc) {
                return new IncomingStream(track, 0, true);
            }
        }
        return null;
    }

    private IncomingStream byElements(PayloadFormat format, boolean repair, Elements elements) {
        Track track = elements.midLength == 0 ? onlyOne(format.codec().video()) : byMid(elements);
        if (track == null) {
            return null;
        }
        if (track.published().rids().isEmpty()) {
            return new IncomingStream(track, 0, repair);
        }
        int at = repair ? elements.repairedRidOffset : elements.ridOffset;
        int length = repair ? elements.repairedRidLength : elements.ridLength;
        int index = length == 0 ? -1 : track.published().rids().indexOf(TextValue.read(elements.buffer, at, length));
        return index < 0 ? null : new IncomingStream(track, index, repair);
    }

    private Track byMid(Elements elements) {
        for (int i = 0; i < mids.length; i++) {
            if (TextValue.matches(elements.buffer, elements.midOffset, elements.midLength, mids[i])) {
                return tracks.get(i);
            }
        }
        return null;
    }

    private Track onlyOne(boolean video) {
        Track found = null;
        for (Track track : tracks) {
            if (track.source().video() == video) {
                if (found != null) {
                    return null;
                }
                found = track;
            }
        }
        return found;
    }

    /** Where the header extension elements of the packet at hand lie; lengths are 0 for absent ones. Reused. */
    static final class Elements {
        ByteBuffer buffer;
        int midOffset;
        int midLength;
        int ridOffset;
        int ridLength;
        int repairedRidOffset;
        int repairedRidLength;
        int audioLevel;
        int orientation;
        int transportSequence;
    }
}
