package dev.parley.identity.pictures;

import java.awt.image.BufferedImage;

/** The pixels of a square picture of {@value #SIDE}, as non-premultiplied ARGB. */
record Pixels(int[] argb) {
    static final int SIDE = 256;

    /**
     * Scales the middle square of an image and turns it upright. Every pixel is the mean of the area it covers in the original, weighted by
     * what of it is opaque; no graphics environment is needed.
     *
     * @param orientation EXIF's, 1 to 8
     */
    static Pixels square(BufferedImage image, int orientation) {
        int step = Math.max(1, Math.min(image.getWidth(), image.getHeight()) / (2 * SIDE));
        int side = Math.min(image.getWidth(), image.getHeight()) / step;
        int[] source = sampled(image, side, step);
        int[] square = new int[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                square[place(x, y, orientation)] = mean(source, side, x, y);
            }
        }
        return new Pixels(square);
    }

    /** Every {@code step}-th pixel of the middle. */
    private static int[] sampled(BufferedImage image, int side, int step) {
        int left = (image.getWidth() - side * step) / 2;
        int top = (image.getHeight() - side * step) / 2;
        if (step == 1) {
            return image.getRGB(left, top, side, side, null, 0, side);
        }
        int[] samples = new int[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                samples[y * side + x] = image.getRGB(left + x * step, top + y * step);
            }
        }
        return samples;
    }

    /** Where a pixel of the picture as the camera wrote it belongs in the upright one. */
    private static int place(int x, int y, int orientation) {
        int last = SIDE - 1;
        return switch (orientation) {
            case 2 -> y * SIDE + last - x;
            case 3 -> (last - y) * SIDE + last - x;
            case 4 -> (last - y) * SIDE + x;
            case 5 -> x * SIDE + y;
            case 6 -> x * SIDE + last - y;
            case 7 -> (last - x) * SIDE + last - y;
            case 8 -> (last - x) * SIDE + y;
            default -> y * SIDE + x;
        };
    }

    private static int mean(int[] source, int side, int x, int y) {
        double scale = (double) side / SIDE;
        double alpha = 0;
        double red = 0;
        double green = 0;
        double blue = 0;
        double area = 0;
        for (int row = (int) (y * scale); row < Math.min(side, Math.ceil((y + 1) * scale)); row++) {
            double high = overlap(row, y, scale);
            for (int column = (int) (x * scale); column < Math.min(side, Math.ceil((x + 1) * scale)); column++) {
                double weight = high * overlap(column, x, scale);
                int pixel = source[row * side + column];
                double opaque = weight * (pixel >>> 24);
                area += weight;
                alpha += opaque;
                red += opaque * (pixel >> 16 & 0xff);
                green += opaque * (pixel >> 8 & 0xff);
                blue += opaque * (pixel & 0xff);
            }
        }
        if (alpha <= 0) {
            return 0;
        }
        return (int) Math.round(alpha / area) << 24
                | (int) Math.round(red / alpha) << 16
                | (int) Math.round(green / alpha) << 8
                | (int) Math.round(blue / alpha);
    }

    /** How much of the source's line {@code at} the target's line {@code to} covers. */
    private static double overlap(int at, int to, double scale) {
        return Math.max(0, Math.min(at + 1, (to + 1) * scale) - Math.max(at, to * scale));
    }

    boolean isOpaque() {
        for (int pixel : argb) {
            if (pixel >>> 24 != 0xff) {
                return false;
            }
        }
        return true;
    }

    BufferedImage image(int type) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, type);
        image.setRGB(0, 0, SIDE, SIDE, argb, 0, SIDE);
        return image;
    }
}
