package dev.parley.node.negotiation;

import dev.parley.rtp.extension.ExtensionIds;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.sdp.Direction;
import dev.parley.rtp.sdp.ExtensionMap;
import dev.parley.rtp.sdp.MediaDescription;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses header extensions: those offered that the node forwards or needs. */
final class Extensions {
    private static final Set<ExtensionUri> SUPPORTED = EnumSet.of(
            ExtensionUri.MID,
            ExtensionUri.RID,
            ExtensionUri.REPAIRED_RID,
            ExtensionUri.TRANSPORT_SEQUENCE,
            ExtensionUri.AUDIO_LEVEL,
            ExtensionUri.VIDEO_ORIENTATION);

    private Extensions() {}

    /** The answer's extmap lines of one section. */
    static List<ExtensionMap> answer(MediaDescription section) {
        List<ExtensionMap> answer = new ArrayList<>();
        for (ExtensionMap offered : section.extensions()) {
            boolean usable = offered.direction() != Direction.INACTIVE
                    && ExtensionUri.of(offered.uri())
                            .filter(SUPPORTED::contains)
                            .isPresent();
            if (usable) {
                answer.add(new ExtensionMap(offered.id(), offered.direction().reversed(), offered.uri()));
            }
        }
        return answer;
    }

    /** What the participant takes in packets of one section; transport-wide numbers only if it reports on them, else all would look lost. */
    static Set<ExtensionUri> received(MediaDescription section) {
        Set<ExtensionUri> received = EnumSet.noneOf(ExtensionUri.class);
        for (ExtensionMap extension : answer(section)) {
            if (extension.direction().sends()) {
                received.add(ExtensionUri.of(extension.uri()).orElseThrow());
            }
        }
        if (section.codecs().stream().noneMatch(codec -> codec.feedback().contains("transport-cc"))) {
            received.remove(ExtensionUri.TRANSPORT_SEQUENCE);
        }
        return received;
    }

    /**
     * The ids of the whole bundle.
     *
     * @throws UnusableOfferException when two sections give one extension different ids (RFC 8843 section 9.1 forbids it)
     */
    static ExtensionIds ids(List<MediaDescription> sections) {
        Map<ExtensionUri, Integer> ids = new EnumMap<>(ExtensionUri.class);
        Map<Integer, ExtensionUri> uris = new java.util.HashMap<>();
        for (MediaDescription section : sections) {
            for (ExtensionMap extension : answer(section)) {
                ExtensionUri uri = ExtensionUri.of(extension.uri()).orElseThrow();
                Integer earlierId = ids.putIfAbsent(uri, extension.id());
                ExtensionUri earlierUri = uris.putIfAbsent(extension.id(), uri);
                boolean sameId = earlierId == null || earlierId == extension.id();
                if (!sameId || earlierUri != null && earlierUri != uri) {
                    throw new UnusableOfferException("extmap: id " + extension.id() + " of " + extension.uri()
                            + " means something else in another section of the bundle");
                }
            }
        }
        return new ExtensionIds(ids);
    }
}
