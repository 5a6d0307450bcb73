package dev.parley.identity.pictures;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.parley.identity.IdentityErrors;
import dev.parley.kernel.ApiException;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * The small square made of a picture: its middle, {@value Pixels#SIDE} pixels wide, upright, encoded anew. Nothing of what was sent is in
 * it but pixels: no place, no camera, no text. What a picture is, its first bytes say; how large it is is read from its head and bounded
 * before anything is decoded, and what is far larger than needed is decoded in part.
 *
 * @param bytes JPEG, or PNG where something shows through
 */
record Portrait(byte[] bytes, String contentType, String extension) {
    /** Of the picture that is sent: more than any phone's camera makes in 2 MiB. */
    static final long MOST_PIXELS = 24_000_000;

    private static final int LONGEST_SIDE = 16_384;
    private static final float QUALITY = 0.86f;

    /** @throws ApiException 415 {@code avatar.type}, 422 {@code avatar.dimensions} or {@code avatar.unreadable} */
    static Portrait of(byte[] sent) {
        PictureKind kind = PictureKind.of(sent).orElseThrow(IdentityErrors.PICTURE_TYPE::exception);
        try {
            BufferedImage middle = middleOf(sent, kind);
            return encoded(Pixels.square(middle, Orientation.of(sent, kind)));
        } catch (IOException | RuntimeException e) {
            if (e instanceof ApiException refusal) {
                throw refusal;
            }
            // Decoders fail in many ways for what is damaged; none of them is ours.
            throw IdentityErrors.PICTURE_UNREADABLE.exception();
        }
    }

    private static BufferedImage middleOf(byte[] sent, PictureKind kind) throws IOException {
        ImageReader reader = readerOf(kind);
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(sent))) {
            reader.setInput(input, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width < 1 || height < 1) {
                throw IdentityErrors.PICTURE_UNREADABLE.exception();
            }
            if (width > LONGEST_SIDE || height > LONGEST_SIDE || (long) width * height > MOST_PIXELS) {
                throw IdentityErrors.PICTURE_DIMENSIONS.exception();
            }
            return kind == PictureKind.WEBP ? reader.read(0) : reader.read(0, partOf(reader, width, height));
        } finally {
            reader.dispose();
        }
    }

    /** The middle, in steps that leave twice the pixels that are needed. The reader of WebP does not do that. */
    private static ImageReadParam partOf(ImageReader reader, int width, int height) {
        int side = Math.min(width, height);
        int step = Math.max(1, side / (2 * Pixels.SIDE));
        ImageReadParam part = reader.getDefaultReadParam();
        part.setSourceRegion(new Rectangle((width - side) / 2, (height - side) / 2, side, side));
        part.setSourceSubsampling(step, step, 0, 0);
        return part;
    }

    private static ImageReader readerOf(PictureKind kind) throws IOException {
        if (kind == PictureKind.WEBP) {
            return new WebPImageReaderSpi().createReaderInstance(null);
        }
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(kind.name());
        if (!readers.hasNext()) {
            throw new IOException("No reader for " + kind);
        }
        return readers.next();
    }

    private static Portrait encoded(Pixels pixels) throws IOException {
        return pixels.isOpaque()
                ? new Portrait(encode(pixels.image(BufferedImage.TYPE_INT_RGB), "jpeg"), "image/jpeg", "jpg")
                : new Portrait(encode(pixels.image(BufferedImage.TYPE_INT_ARGB), "png"), "image/png", "png");
    }

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (format.equals("jpeg")) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(QUALITY);
            }
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
