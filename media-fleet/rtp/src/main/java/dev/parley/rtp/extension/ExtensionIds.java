package dev.parley.rtp.extension;

import java.util.Arrays;
import java.util.Map;

/** Which id one peer gave each header extension; 0 where it offered none. Immutable. */
public final class ExtensionIds {
    /** No extension at all. */
    public static final ExtensionIds NONE = new ExtensionIds(Map.of());

    private final int[] ids = new int[ExtensionUri.values().length];
    private final ExtensionUri[] byId = new ExtensionUri[256];

    /** Takes the ids (1 to 255, each used once) an SDP section maps. */
    public ExtensionIds(Map<ExtensionUri, Integer> mapping) {
        mapping.forEach((uri, id) -> {
            if (id < 1 || id > 255) {
                throw new IllegalArgumentException("extension id " + id + " for " + uri);
            }
            ids[uri.ordinal()] = id;
            byId[id] = uri;
        });
    }

    /** The id of an extension, 0 when it is not mapped. */
    public int id(ExtensionUri uri) {
        return ids[uri.ordinal()];
    }

    /** Whether the extension is mapped. */
    public boolean has(ExtensionUri uri) {
        return ids[uri.ordinal()] != 0;
    }

    /** The extension behind an id as found in a packet; null when nothing is mapped there (a packet-path lookup, hence no Optional). */
    public ExtensionUri byId(int id) {
        return id < 0 || id > 255 ? null : byId[id];
    }

    @Override
    public String toString() {
        return Arrays.toString(ids);
    }
}
