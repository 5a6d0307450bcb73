package dev.parley.peer.media;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A small stroke font of our own, so that no system font is needed: capitals, digits and a few marks, each a line drawing
 * on a grid six units high. Accents are dropped; a character the font does not have becomes a dot.
 */
final class Lettering {
    private static final double HEIGHT = 6;
    private static final double GAP = 1.5;
    private static final double SPACE = 2.4;
    private static final String UNKNOWN = "M1 3 L1 3";
    private static final Map<Character, String> GLYPHS = new HashMap<>();

    static {
        GLYPHS.put('A', "M0 6 L2 0 L4 6 M.75 4 L3.25 4");
        GLYPHS.put(
                'B', "M0 6 L0 0 L2.2 0 Q3.7 0 3.7 1.45 Q3.7 2.9 2.2 2.9 L0 2.9 M2.2 2.9 Q4 2.9 4 4.45 Q4 6 2.2 6 L0 6");
        GLYPHS.put('C', "M4 1.2 Q3.4 0 2.1 0 Q0 0 0 3 Q0 6 2.1 6 Q3.4 6 4 4.8");
        GLYPHS.put('D', "M0 0 L0 6 L1.6 6 Q4 6 4 3 Q4 0 1.6 0 L0 0");
        GLYPHS.put('E', "M3.6 0 L0 0 L0 6 L3.6 6 M0 2.9 L3 2.9");
        GLYPHS.put('F', "M3.6 0 L0 0 L0 6 M0 2.9 L3 2.9");
        GLYPHS.put('G', "M4 1.2 Q3.4 0 2.1 0 Q0 0 0 3 Q0 6 2.1 6 Q4 6 4 4.2 L4 3.3 L2.4 3.3");
        GLYPHS.put('H', "M0 0 L0 6 M4 0 L4 6 M0 2.9 L4 2.9");
        GLYPHS.put('I', "M.5 0 L.5 6");
        GLYPHS.put('J', "M3 0 L3 4.4 Q3 6 1.5 6 Q.2 6 0 4.6");
        GLYPHS.put('K', "M0 0 L0 6 M3.8 0 L0 3.6 M1.3 2.5 L4 6");
        GLYPHS.put('L', "M0 0 L0 6 L3.4 6");
        GLYPHS.put('M', "M0 6 L0 0 L2.4 4 L4.8 0 L4.8 6");
        GLYPHS.put('N', "M0 6 L0 0 L4 6 L4 0");
        GLYPHS.put('O', "M2.1 0 Q0 0 0 3 Q0 6 2.1 6 Q4.2 6 4.2 3 Q4.2 0 2.1 0");
        GLYPHS.put('P', "M0 6 L0 0 L2.2 0 Q4 0 4 1.7 Q4 3.4 2.2 3.4 L0 3.4");
        GLYPHS.put('Q', "M2.1 0 Q0 0 0 3 Q0 6 2.1 6 Q4.2 6 4.2 3 Q4.2 0 2.1 0 M2.8 4.4 L4.2 6.2");
        GLYPHS.put('R', "M0 6 L0 0 L2.2 0 Q4 0 4 1.7 Q4 3.4 2.2 3.4 L0 3.4 M2 3.4 L4 6");
        GLYPHS.put('S', "M3.8 1.1 Q3.2 0 2 0 Q.2 0 .2 1.5 Q.2 2.8 2 3 Q4 3.2 4 4.5 Q4 6 2 6 Q.5 6 0 4.8");
        GLYPHS.put('T', "M0 0 L4 0 M2 0 L2 6");
        GLYPHS.put('U', "M0 0 L0 4 Q0 6 2 6 Q4 6 4 4 L4 0");
        GLYPHS.put('V', "M0 0 L2 6 L4 0");
        GLYPHS.put('W', "M0 0 L1.4 6 L2.7 1.4 L4 6 L5.4 0");
        GLYPHS.put('X', "M0 0 L4 6 M4 0 L0 6");
        GLYPHS.put('Y', "M0 0 L2 3 L4 0 M2 3 L2 6");
        GLYPHS.put('Z', "M0 0 L4 0 L0 6 L4 6");
        GLYPHS.put('0', "M2 0 Q.1 0 .1 3 Q.1 6 2 6 Q3.9 6 3.9 3 Q3.9 0 2 0");
        GLYPHS.put('1', "M.8 1.2 L2.2 0 L2.2 6 M3.9 6 L3.9 6.001");
        GLYPHS.put('2', "M.2 1.4 Q.4 0 2 0 Q3.8 0 3.8 1.6 Q3.8 2.8 2.4 4 L.1 6 L3.9 6");
        GLYPHS.put('3', "M.2 1 Q.8 0 2 0 Q3.6 0 3.6 1.4 Q3.6 2.8 1.8 2.8 Q3.9 2.8 3.9 4.4 Q3.9 6 2 6 Q.5 6 0 4.8");
        GLYPHS.put('4', "M3 6 L3 0 L0 4.2 L3.9 4.2");
        GLYPHS.put('5', "M3.6 0 L.6 0 L.3 2.8 Q1 2.2 2 2.2 Q3.9 2.2 3.9 4.1 Q3.9 6 2 6 Q.5 6 0 5");
        GLYPHS.put('6', "M3.4 .2 Q.2 .6 .1 4 Q.1 6 2 6 Q3.9 6 3.9 4.2 Q3.9 2.5 2.1 2.5 Q.5 2.5 .1 4");
        GLYPHS.put('7', "M0 0 L3.9 0 L1.4 6");
        GLYPHS.put(
                '8',
                "M2 2.8 Q.3 2.8 .3 1.4 Q.3 0 2 0 Q3.7 0 3.7 1.4 Q3.7 2.8 2 2.8 Q0 2.8 0 4.4 Q0 6 2 6 Q3.9 6 3.9 4.4 Q3.9 2.8 2 2.8");
        GLYPHS.put('9', "M.6 5.8 Q3.8 5.4 3.9 2 Q3.9 0 2 0 Q.1 0 .1 1.8 Q.1 3.5 1.9 3.5 Q3.5 3.5 3.9 2");
        GLYPHS.put(':', "M.3 1.8 L.3 1.801 M.3 4.4 L.3 4.401");
        GLYPHS.put('.', "M.3 6 L.3 6.001");
        GLYPHS.put('-', "M0 3 L2 3");
        GLYPHS.put('\'', "M.5 0 L.3 1.4");
    }

    private Lettering() {}

    /** The drawing of a text, {@code height} units high, its left top corner at the origin; to be stroked with round ends. */
    static Path2D draw(String text, double height) {
        Path2D drawing = new Path2D.Double();
        double scale = height / HEIGHT;
        double x = 0;
        for (char character : plain(text).toCharArray()) {
            if (character == ' ') {
                x += SPACE;
                continue;
            }
            Path2D glyph = glyph(GLYPHS.getOrDefault(character, UNKNOWN));
            double width = Math.max(1, glyph.getBounds2D().getMaxX());
            AffineTransform place = AffineTransform.getScaleInstance(scale, scale);
            place.translate(x, 0);
            drawing.append(place.createTransformedShape(glyph), false);
            x += width + GAP;
        }
        return drawing;
    }

    private static String plain(String text) {
        return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toUpperCase(Locale.ROOT);
    }

    private static Path2D glyph(String drawing) {
        Path2D path = new Path2D.Double();
        String[] words = drawing.split(" ");
        int at = 0;
        while (at < words.length) {
            char command = words[at].charAt(0);
            double x = Double.parseDouble(words[at].substring(1));
            double y = Double.parseDouble(words[at + 1]);
            at += 2;
            switch (command) {
                case 'M' -> path.moveTo(x, y);
                case 'L' -> path.lineTo(x, y);
                default -> {
                    path.quadTo(x, y, Double.parseDouble(words[at]), Double.parseDouble(words[at + 1]));
                    at += 2;
                }
            }
        }
        return path;
    }
}
