package dev.parley.identity.pictures;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How a camera was held, as EXIF says it (tag 0x0112 of the first directory): a picture is turned upright before that note is dropped.
 * The numbers 1 to 8 are EXIF's. What cannot be read is 1, upright.
 */
final class Orientation {
    static final int UPRIGHT = 1;

    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int TAG = 0x0112;
    private static final int MOST_ENTRIES = 200;

    private Orientation() {}

    static int of(byte[] picture, PictureKind kind) {
        try {
            return switch (kind) {
                case PNG -> UPRIGHT;
                case JPEG -> ofJpeg(ByteBuffer.wrap(picture));
                case WEBP -> ofWebp(ByteBuffer.wrap(picture).order(ByteOrder.LITTLE_ENDIAN));
            };
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return UPRIGHT;
        }
    }

    /** Segments: FF, marker, length in two bytes; EXIF is in APP1. */
    private static int ofJpeg(ByteBuffer jpeg) {
        int at = 2;
        while (at + 4 <= jpeg.limit() && (jpeg.get(at) & 0xff) == 0xff) {
            int marker = jpeg.get(at + 1) & 0xff;
            int length = jpeg.getShort(at + 2) & 0xffff;
            if (marker == 0xda || length < 2) {
                return UPRIGHT;
            }
            if (marker == 0xe1 && PictureKind.startsWith(jpeg.array(), at + 4, EXIF)) {
                return ofTiff(jpeg.slice(at + 4 + EXIF.length, length - 2 - EXIF.length));
            }
            at += 2 + length;
        }
        return UPRIGHT;
    }

    /** Chunks: name, length in four bytes, padded to even; EXIF is in the chunk of that name. */
    private static int ofWebp(ByteBuffer webp) {
        int at = 12;
        while (at + 8 <= webp.limit()) {
            int length = webp.getInt(at + 4);
            if (length < 0) {
                return UPRIGHT;
            }
            if (PictureKind.startsWith(webp.array(), at, "EXIF".getBytes(StandardCharsets.US_ASCII))) {
                int head = PictureKind.startsWith(webp.array(), at + 8, EXIF) ? EXIF.length : 0;
                return ofTiff(webp.slice(at + 8 + head, length - head));
            }
            at = Math.addExact(at + 8, length + (length & 1));
        }
        return UPRIGHT;
    }

    private static int ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = Math.min(tiff.getShort(directory) & 0xffff, MOST_ENTRIES);
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xffff) == TAG) {
                int value = tiff.getShort(entry + 8) & 0xffff;
                return value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }
}
