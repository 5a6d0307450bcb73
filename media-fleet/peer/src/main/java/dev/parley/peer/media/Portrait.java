package dev.parley.peer.media;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * Paints the moving picture of one person: a calm gradient with drifting lights, a disc with the initials that glows with
 * the voice, the name and a clock. Every motion fits the loop a whole number of times, so that the loop has no seam.
 */
final class Portrait {
    private static final Color[][] PALETTES = {
        {new Color(0x17344F), new Color(0x2F6F86), new Color(0xF2B880)},
        {new Color(0x2D2450), new Color(0x6B4E96), new Color(0xF09AA9)},
        {new Color(0x143B33), new Color(0x3F8369), new Color(0xF4D58D)},
        {new Color(0x472432), new Color(0x9A5459), new Color(0xF6C9A8)},
        {new Color(0x1F2C47), new Color(0x51709E), new Color(0xA9DDD6)},
        {new Color(0x3B3320), new Color(0x8B7A45), new Color(0xF3E3B3)},
    };

    private final int width;
    private final int height;
    private final Color accent;
    private final BufferedImage background;
    private final BufferedImage light;
    private final BufferedImage canvas;
    private final int[] pixels;
    private final Path2D nameDrawing;
    private final Path2D initialsDrawing;
    private final double phase;

    Portrait(String name, int index, int width, int height) {
        this.width = width;
        this.height = height;
        this.phase = index * 2.1;
        Color[] palette = PALETTES[Math.floorMod(index, PALETTES.length)];
        this.accent = palette[2];
        this.background = gradient(palette);
        this.light = light(palette[2], height);
        this.canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        this.pixels = ((DataBufferInt) canvas.getRaster().getDataBuffer()).getData();
        this.nameDrawing = Lettering.draw(name, height * 0.036);
        this.initialsDrawing = Lettering.draw(initials(name), height * 0.13);
    }

    private static String initials(String name) {
        String[] words = name.strip().split("\\s+");
        String first = words[0].substring(0, 1);
        return words.length > 1 ? first + words[words.length - 1].charAt(0) : first;
    }

    private BufferedImage gradient(Color[] palette) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setPaint(new GradientPaint(0, 0, palette[1], width * 0.35f, height, palette[0]));
        g.fillRect(0, 0, width, height);
        g.dispose();
        return image;
    }

    private static BufferedImage light(Color color, int height) {
        int size = (int) (height * 0.9);
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB_PRE);
        Graphics2D g = image.createGraphics();
        float[] stops = {0f, 0.5f, 1f};
        Color[] colors = {withAlpha(color, 60), withAlpha(color, 22), withAlpha(color, 0)};
        g.setPaint(new RadialGradientPaint(size / 2f, size / 2f, size / 2f, stops, colors));
        g.fillRect(0, 0, size, size);
        g.dispose();
        return image;
    }

    private static Color withAlpha(Color color, int alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    /**
     * Paints one frame.
     *
     * @param turn where in the loop it is, 0 to 1
     * @param loudness of the voice at that moment, 0 to 1
     * @param clock the text of the clock
     * @return the pixels, RGB, reused by the next frame
     */
    int[] paint(double turn, double loudness, String clock) {
        Graphics2D g = canvas.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.drawImage(background, 0, 0, null);
        double angle = 2 * Math.PI * turn;
        drift(g, 0.22 + 0.10 * Math.sin(angle + phase), 0.28 + 0.12 * Math.cos(angle + phase));
        drift(g, 0.80 + 0.08 * Math.cos(angle + phase * 2), 0.75 + 0.10 * Math.sin(angle + phase * 2));
        disc(g, angle, loudness);
        caption(g, clock);
        g.dispose();
        return pixels;
    }

    private void drift(Graphics2D g, double x, double y) {
        int size = light.getWidth();
        g.drawImage(light, (int) (x * width) - size / 2, (int) (y * height) - size / 2, null);
    }

    private void disc(Graphics2D g, double angle, double loudness) {
        double x = width * 0.5 + height * 0.008 * Math.sin(angle + phase);
        double y = height * 0.44 + height * 0.012 * Math.sin(2 * angle + phase);
        double radius = height * 0.19;
        for (int ring = 2; ring >= 1; ring--) {
            double spread = radius * (1 + 0.06 * ring + 0.16 * ring * loudness);
            g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) (0.10 + 0.14 * loudness)));
            g.setColor(accent);
            g.fill(circle(x, y, spread));
        }
        g.setComposite(AlphaComposite.SrcOver);
        g.setColor(accent);
        g.fill(circle(x, y, radius));
        g.setColor(new Color(0x1B2433));
        g.setStroke(round(height * 0.019));
        g.draw(centred(initialsDrawing, x, y));
    }

    private void caption(Graphics2D g, String clock) {
        double textHeight = height * 0.036;
        double pad = textHeight * 0.9;
        double top = height * 0.73;
        Path2D clockDrawing = Lettering.draw(clock, textHeight * 0.8);
        Rectangle2D names = nameDrawing.getBounds2D();
        Rectangle2D clocks = Lettering.draw("00.0", textHeight * 0.8).getBounds2D();
        double boxWidth = names.getMaxX() + clocks.getMaxX() + pad * 3.2;
        double left = (width - boxWidth) / 2;
        g.setColor(new Color(0, 0, 0, 90));
        g.fill(new RoundRectangle2D.Double(
                left, top, boxWidth, textHeight + pad * 2, textHeight * 1.4, textHeight * 1.4));
        g.setStroke(round(textHeight * 0.13));
        g.setColor(new Color(255, 255, 255, 235));
        g.draw(moved(nameDrawing, left + pad, top + pad));
        g.setColor(withAlpha(accent, 220));
        g.draw(moved(clockDrawing, left + pad * 2.2 + names.getMaxX(), top + pad + textHeight * 0.1));
    }

    private static BasicStroke round(double thickness) {
        return new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private static Shape circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, radius * 2, radius * 2);
    }

    private static Shape centred(Path2D drawing, double x, double y) {
        Rectangle2D bounds = drawing.getBounds2D();
        return moved(drawing, x - bounds.getCenterX(), y - bounds.getCenterY());
    }

    private static Shape moved(Path2D drawing, double x, double y) {
        return AffineTransform.getTranslateInstance(x, y).createTransformedShape(drawing);
    }
}
