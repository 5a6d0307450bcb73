package dev.parley.peer.media;

/**
 * One picture as encoders take it: planar YUV 4:2:0, ITU-R BT.601, studio range.
 *
 * @param width in pixels, even
 * @param height in pixels, even
 * @param luma width x height
 * @param blue quarter size
 * @param red quarter size
 */
record Picture(int width, int height, byte[] luma, byte[] blue, byte[] red) {

    static Picture of(int width, int height) {
        int quarter = width / 2 * (height / 2);
        return new Picture(width, height, new byte[width * height], new byte[quarter], new byte[quarter]);
    }

    /** Fills this picture from RGB pixels of its size. */
    void fromRgb(int[] rgb) {
        for (int y = 0; y < height; y += 2) {
            for (int x = 0; x < width; x += 2) {
                int at = y * width + x;
                int sum = 0;
                int green = 0;
                int redSum = 0;
                for (int corner = 0; corner < 4; corner++) {
                    int where = at + (corner & 1) + (corner >> 1) * width;
                    int pixel = rgb[where];
                    int r = pixel >> 16 & 0xFF;
                    int g = pixel >> 8 & 0xFF;
                    int b = pixel & 0xFF;
                    luma[where] = (byte) ((66 * r + 129 * g + 25 * b + 128 >> 8) + 16);
                    redSum += r;
                    green += g;
                    sum += b;
                }
                int chroma = (y / 2) * (width / 2) + x / 2;
                blue[chroma] = (byte) ((-38 * redSum - 74 * green + 112 * sum + 512 >> 10) + 128);
                red[chroma] = (byte) ((112 * redSum - 94 * green - 18 * sum + 512 >> 10) + 128);
            }
        }
    }

    /** Fills this picture from one of twice its size, four pixels to one. */
    void fromDouble(Picture larger) {
        halve(larger.luma, larger.width, luma, width, height);
        halve(larger.blue, larger.width / 2, blue, width / 2, height / 2);
        halve(larger.red, larger.width / 2, red, width / 2, height / 2);
    }

    private static void halve(byte[] from, int fromWidth, byte[] to, int width, int height) {
        for (int y = 0; y < height; y++) {
            int upper = 2 * y * fromWidth;
            for (int x = 0; x < width; x++) {
                int at = upper + 2 * x;
                int sum = (from[at] & 0xFF)
                        + (from[at + 1] & 0xFF)
                        + (from[at + fromWidth] & 0xFF)
                        + (from[at + fromWidth + 1] & 0xFF);
                to[y * width + x] = (byte) (sum + 2 >> 2);
            }
        }
    }
}
