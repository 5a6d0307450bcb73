package dev.parley.sfu.scene;

import dev.parley.rtp.extension.ExtensionIds;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.sfu.Codec;
import dev.parley.sfu.PayloadFormat;
import java.util.List;
import java.util.Map;

/** The numbers a client chose in its offer. No two dialects share one. */
public enum Dialect {
    FIRST(
            List.of(
                    new PayloadFormat(111, Codec.OPUS, "", -1),
                    new PayloadFormat(96, Codec.VP8, "", 97),
                    new PayloadFormat(98, Codec.VP9, "0", 99),
                    new PayloadFormat(102, Codec.H264, "42e0/1", 103)),
            Map.of(
                    ExtensionUri.AUDIO_LEVEL, 1,
                    ExtensionUri.ABS_SEND_TIME, 2,
                    ExtensionUri.TRANSPORT_SEQUENCE, 3,
                    ExtensionUri.MID, 4,
                    ExtensionUri.RID, 10,
                    ExtensionUri.REPAIRED_RID, 11,
                    ExtensionUri.VIDEO_ORIENTATION, 13)),
    SECOND(
            List.of(
                    new PayloadFormat(109, Codec.OPUS, "", -1),
                    new PayloadFormat(120, Codec.VP8, "", 124),
                    new PayloadFormat(121, Codec.VP9, "0", 125)),
            Map.of(
                    ExtensionUri.AUDIO_LEVEL, 2,
                    ExtensionUri.MID, 3,
                    ExtensionUri.RID, 6,
                    ExtensionUri.REPAIRED_RID, 8,
                    ExtensionUri.TRANSPORT_SEQUENCE, 7,
                    ExtensionUri.VIDEO_ORIENTATION, 5)),
    TWO_BYTE_IDS(
            List.of(new PayloadFormat(100, Codec.OPUS, "", -1), new PayloadFormat(101, Codec.VP8, "", 104)),
            Map.of(
                    ExtensionUri.AUDIO_LEVEL, 20,
                    ExtensionUri.MID, 21,
                    ExtensionUri.RID, 22,
                    ExtensionUri.REPAIRED_RID, 23,
                    ExtensionUri.TRANSPORT_SEQUENCE, 24)),
    H264_ONLY(
            List.of(new PayloadFormat(110, Codec.OPUS, "", -1), new PayloadFormat(106, Codec.H264, "42e0/1", -1)),
            Map.of(ExtensionUri.MID, 9, ExtensionUri.RID, 12));

    private final List<PayloadFormat> formats;
    private final ExtensionIds extensions;

    Dialect(List<PayloadFormat> formats, Map<ExtensionUri, Integer> extensions) {
        this.formats = formats;
        this.extensions = new ExtensionIds(extensions);
    }

    public List<PayloadFormat> formats() {
        return formats;
    }

    public ExtensionIds extensions() {
        return extensions;
    }

    public int id(ExtensionUri uri) {
        return extensions.id(uri);
    }

    public boolean twoByte() {
        return this == TWO_BYTE_IDS;
    }

    public PayloadFormat format(Codec codec) {
        return formats.stream().filter(f -> f.codec() == codec).findFirst().orElseThrow();
    }
}
