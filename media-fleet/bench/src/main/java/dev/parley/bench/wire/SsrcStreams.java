package dev.parley.bench.wire;

import dev.parley.rtp.SequenceUnwrapper;
import java.util.Arrays;
import java.util.Set;

/** The sequence numbers of a transport's streams by SSRC, without boxing: there are a dozen, and one packet is mostly followed by one of the same. */
final class SsrcStreams {
    /** One stream. */
    static final class Stream {
        final long ssrc;
        final boolean media;
        final SequenceUnwrapper sequences = new SequenceUnwrapper();

        Stream(long ssrc, boolean media) {
            this.ssrc = ssrc;
            this.media = media;
        }
    }

    private final Set<Long> mediaSsrcs;
    private Stream[] streams = {};
    private int last;

    SsrcStreams(Set<Long> mediaSsrcs) {
        this.mediaSsrcs = Set.copyOf(mediaSsrcs);
    }

    Stream find(long ssrc) {
        if (last < streams.length && streams[last].ssrc == ssrc) {
            return streams[last];
        }
        for (int i = 0; i < streams.length; i++) {
            if (streams[i].ssrc == ssrc) {
                last = i;
                return streams[i];
            }
        }
        last = streams.length;
        streams = Arrays.copyOf(streams, last + 1);
        streams[last] = new Stream(ssrc, mediaSsrcs.isEmpty() || mediaSsrcs.contains(ssrc));
        return streams[last];
    }
}
