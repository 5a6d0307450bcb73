package dev.parley.identity.pictures;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a picture is, by its first bytes, whatever its sender calls it. */
enum PictureKind {
    PNG,
    JPEG,
    WEBP;

    private static final byte[] PNG_HEAD = {(byte) 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};
    private static final byte[] JPEG_HEAD = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] RIFF = "RIFF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WEBP_NAME = "WEBP".getBytes(StandardCharsets.US_ASCII);

    static Optional<PictureKind> of(byte[] bytes) {
        if (startsWith(bytes, 0, PNG_HEAD)) {
            return Optional.of(PNG);
        }
        if (startsWith(bytes, 0, JPEG_HEAD)) {
            return Optional.of(JPEG);
        }
        return startsWith(bytes, 0, RIFF) && startsWith(bytes, 8, WEBP_NAME) ? Optional.of(WEBP) : Optional.empty();
    }

    static boolean startsWith(byte[] bytes, int at, byte[] head) {
        return bytes.length >= at + head.length && Arrays.equals(bytes, at, at + head.length, head, 0, head.length);
    }
}
