package dev.parley.rtp.sdp;

import java.util.Locale;
import java.util.Optional;

/** What a media section carries. */
public enum MediaKind {
    AUDIO,
    VIDEO,
    /** A data channel association. */
    APPLICATION;

    /** The word of the m-line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds the kind of an m-line's word. */
    public static Optional<MediaKind> of(String word) {
        return switch (word) {
            case "audio" -> Optional.of(AUDIO);
            case "video" -> Optional.of(VIDEO);
            case "application" -> Optional.of(APPLICATION);
            default -> Optional.empty();
        };
    }
}
