package dev.parley.peer.rtc;

import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.sdp.ExtensionMap;
import dev.parley.rtp.sdp.MediaDescription;
import java.util.List;

/** The header extension ids we offer, the same in every section. */
final class Extensions {
    static final int AUDIO_LEVEL = 1;
    static final int TRANSPORT_SEQUENCE = 3;
    static final int MID = 4;
    static final int RID = 10;
    static final int REPAIRED_RID = 11;

    private Extensions() {}

    static List<ExtensionMap> audio() {
        return List.of(
                map(AUDIO_LEVEL, ExtensionUri.AUDIO_LEVEL),
                map(TRANSPORT_SEQUENCE, ExtensionUri.TRANSPORT_SEQUENCE),
                map(MID, ExtensionUri.MID));
    }

    static List<ExtensionMap> video() {
        return List.of(
                map(TRANSPORT_SEQUENCE, ExtensionUri.TRANSPORT_SEQUENCE),
                map(MID, ExtensionUri.MID),
                map(RID, ExtensionUri.RID),
                map(REPAIRED_RID, ExtensionUri.REPAIRED_RID));
    }

    /** Whether an answer took an extension. */
    static boolean taken(MediaDescription section, ExtensionUri uri) {
        return section.extensionId(uri.uri()).isPresent();
    }

    private static ExtensionMap map(int id, ExtensionUri uri) {
        return new ExtensionMap(id, uri.uri());
    }
}
