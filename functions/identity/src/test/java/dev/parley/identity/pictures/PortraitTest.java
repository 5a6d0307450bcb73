package dev.parley.identity.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.kernel.ApiException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortraitTest {
    private static final int RED = 0xffc81e1e;
    private static final int BLUE = 0xff1e1ec8;
    private static final int GREEN = 0xff1ec81e;
    private static final int GREY = 0xff808080;

    /** Red, blue over green, grey: in four quarters of its middle square. */
    private static BufferedImage quarters(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int upper = x < width / 2 ? RED : BLUE;
                int lower = x < width / 2 ? GREEN : GREY;
                image.setRGB(x, y, y < height / 2 ? upper : lower);
            }
        }
        return image;
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream bytes = PortraitTest.class.getResourceAsStream(name)) {
            return bytes.readAllBytes();
        }
    }

    private static BufferedImage decoded(Portrait portrait) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(portrait.bytes()));
        assertThat(image.getWidth()).isEqualTo(256);
        assertThat(image.getHeight()).isEqualTo(256);
        return image;
    }

    private static void assertQuarters(
            BufferedImage image, int upperLeft, int upperRight, int lowerLeft, int lowerRight) {
        assertNear(image.getRGB(60, 60), upperLeft);
        assertNear(image.getRGB(196, 60), upperRight);
        assertNear(image.getRGB(60, 196), lowerLeft);
        assertNear(image.getRGB(196, 196), lowerRight);
    }

    private static void assertNear(int pixel, int expected) {
        for (int shift = 0; shift <= 24; shift += 8) {
            assertThat(pixel >>> shift & 0xff)
                    .as("%08x for %08x", pixel, expected)
                    .isCloseTo(expected >>> shift & 0xff, within(12));
        }
    }

    @ParameterizedTest
    @CsvSource({"png,640,480", "jpeg,640,480", "png,480,1200", "jpeg,3000,2000", "png,256,256", "png,31,17", "jpeg,1,1"
    })
    void aPictureBecomesTheSquareOfItsMiddle(String format, int width, int height) throws IOException {
        Portrait portrait = Portrait.of(encoded(quarters(width, height, BufferedImage.TYPE_INT_RGB), format));

        assertThat(portrait.contentType()).isEqualTo("image/jpeg");
        assertThat(portrait.extension()).isEqualTo("jpg");
        assertThat(portrait.bytes().length).isLessThan(30_000);
        BufferedImage image = decoded(portrait);
        if (width > 16) {
            assertQuarters(image, RED, BLUE, GREEN, GREY);
        }
    }

    @Test
    void whatShowsThroughStillDoes() throws IOException {
        BufferedImage image = new BufferedImage(600, 600, BufferedImage.TYPE_INT_ARGB);
        for (int y = 300; y < 600; y++) {
            for (int x = 0; x < 600; x++) {
                image.setRGB(x, y, RED);
            }
        }

        Portrait portrait = Portrait.of(encoded(image, "png"));

        assertThat(portrait.contentType()).isEqualTo("image/png");
        assertQuarters(decoded(portrait), 0, 0, RED, RED);
    }

    @Test
    void webpIsReadWithLossAndWithout() throws IOException {
        Portrait lossy = Portrait.of(resource("halves-lossy.webp"));
        assertThat(lossy.contentType()).isEqualTo("image/jpeg");
        assertQuarters(decoded(lossy), RED, BLUE, RED, BLUE);

        Portrait clear = Portrait.of(resource("upper-half-clear.webp"));
        assertThat(clear.contentType()).isEqualTo("image/png");
        assertQuarters(decoded(clear), 0, 0, RED, BLUE);
    }

    @ParameterizedTest
    @CsvSource({
        "1, RED, BLUE, GREEN, GREY",
        "2, BLUE, RED, GREY, GREEN",
        "3, GREY, GREEN, BLUE, RED",
        "4, GREEN, GREY, RED, BLUE",
        "5, RED, GREEN, BLUE, GREY",
        "6, GREEN, RED, GREY, BLUE",
        "7, GREY, BLUE, GREEN, RED",
        "8, BLUE, GREY, RED, GREEN",
        "9, RED, BLUE, GREEN, GREY"
    })
    void aPictureIsTurnedUprightAsTheCameraWasHeld(
            int orientation, String upperLeft, String upperRight, String lowerLeft, String lowerRight)
            throws IOException {
        byte[] jpeg = withExif(encoded(quarters(400, 400, BufferedImage.TYPE_INT_RGB), "jpeg"), orientation);

        assertQuarters(
                decoded(Portrait.of(jpeg)),
                colour(upperLeft),
                colour(upperRight),
                colour(lowerLeft),
                colour(lowerRight));
    }

    private static int colour(String name) {
        return switch (name) {
            case "RED" -> RED;
            case "BLUE" -> BLUE;
            case "GREEN" -> GREEN;
            default -> GREY;
        };
    }

    /** APP1 behind the start of the picture: a directory of one entry, and a text that must not come out again. */
    private static byte[] withExif(byte[] jpeg, int orientation) {
        byte[] secret = "52.5200 N 13.4050 E".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer app1 = ByteBuffer.allocate(4 + 6 + 8 + 2 + 12 + 4 + secret.length);
        app1.putShort((short) 0xffe1).putShort((short) (app1.capacity() - 2));
        app1.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        app1.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
        app1.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        app1.putInt(0).put(secret);
        ByteBuffer whole = ByteBuffer.allocate(jpeg.length + app1.capacity());
        return whole.put(jpeg, 0, 2)
                .put(app1.array())
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    @Test
    void nothingButPixelsComesOut() throws IOException {
        byte[] jpeg = withExif(encoded(quarters(400, 400, BufferedImage.TYPE_INT_RGB), "jpeg"), 6);
        assertThat(new String(jpeg, StandardCharsets.ISO_8859_1)).contains("13.4050");

        String made = new String(Portrait.of(jpeg).bytes(), StandardCharsets.ISO_8859_1);

        assertThat(made).doesNotContain("13.4050").doesNotContain("Exif");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GIF89a...........",
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "%PDF-1.7",
                "RIFF....WAVEfmt ",
                "x"
            })
    void whatIsNoneOfTheThreeKindsIsRefused(String text) {
        assertRefused(text.getBytes(StandardCharsets.ISO_8859_1), 415, "avatar.type");
    }

    @Test
    void whatIsDamagedIsRefusedNotFailedOn() throws IOException {
        byte[] png = encoded(quarters(300, 300, BufferedImage.TYPE_INT_RGB), "png");
        for (int length : new int[] {12, 20, 30, png.length / 2}) {
            assertRefused(Arrays.copyOf(png, length), 422, "avatar.unreadable");
        }
        assertRefused(Arrays.copyOf(resource("halves-lossy.webp"), 12), 422, "avatar.unreadable");
        assertRefused(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0}, 422, "avatar.unreadable");
    }

    /** Noise behind the part of the head that says how large the picture is. */
    @Test
    void noiseBehindAHeadIsAPictureOrRefused() throws IOException {
        Random random = new Random(7);
        byte[][] wholes = {
            encoded(quarters(120, 90, BufferedImage.TYPE_INT_RGB), "png"),
            withExif(encoded(quarters(120, 90, BufferedImage.TYPE_INT_RGB), "jpeg"), 8),
            resource("upper-half-clear.webp"),
            resource("halves-lossy.webp")
        };
        for (int i = 0; i < 60; i++) {
            byte[] noisy = wholes[i % wholes.length].clone();
            for (int change = 0; change < 4; change++) {
                noisy[33 + random.nextInt(Math.min(noisy.length, 400) - 33)] = (byte) random.nextInt();
            }
            try {
                decoded(Portrait.of(noisy));
            } catch (ApiException e) {
                assertThat(e.code()).startsWith("avatar.");
            }
        }
    }

    @Test
    void aPictureOfTooManyPixelsIsRefusedBeforeItIsDecoded() throws IOException {
        for (int[] size : new int[][] {{30_000, 30_000}, {16_385, 10}, {5_000, 5_000}, {Integer.MAX_VALUE, 1}}) {
            assertRefused(pngHead(size[0], size[1]), 422, "avatar.dimensions");
        }
    }

    /** The head of a PNG that says it is so large; there is nothing behind it to decode. */
    private static byte[] pngHead(int width, int height) {
        ByteBuffer head = ByteBuffer.allocate(8 + 25 + 12);
        head.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a});
        ByteBuffer ihdr = ByteBuffer.allocate(17);
        ihdr.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
        ihdr.put(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(ihdr.array());
        head.putInt(13).put(ihdr.array()).putInt((int) crc.getValue());
        head.putInt(0).put("IDAT".getBytes(StandardCharsets.US_ASCII)).putInt(0x35af061e);
        return head.array();
    }

    private static void assertRefused(byte[] bytes, int status, String code) {
        assertThatThrownBy(() -> Portrait.of(bytes)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.status()).isEqualTo(status);
        });
    }
}
