/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.testsupport;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Digits drawn with a pen of our own, so that tests need no data set and no fonts. The seed decides the hand: width of
 * the pen, slant, turn, size, place and noise. The same seed draws the same picture on every machine.
 */
public final class DrawnDigits {

    /** Side of the pictures in pixels, as MNIST has it. */
    public static final int SIDE = 28;

    private DrawnDigits() {}

    public static byte[] png(int digit, long seed) {
        return encode(draw(digit, seed, SIDE, true), "png");
    }

    public static byte[] jpeg(int digit, long seed) {
        return encode(draw(digit, seed, 2 * SIDE, true), "jpg");
    }

    /** Light on dark, or dark on light like a pen on paper. */
    public static BufferedImage draw(int digit, long seed, int side, boolean lightOnDark) {
        Random random = new Random(seed * 31 + digit);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = image.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            g.setColor(Color.WHITE);
            double height = side * (0.64 + 0.1 * random.nextDouble());
            AffineTransform hand = new AffineTransform();
            hand.translate(side / 2.0 + between(random, 0.03) * side, side / 2.0 + between(random, 0.03) * side);
            hand.rotate(between(random, 0.12));
            hand.shear(-0.1 + between(random, 0.12), 0);
            hand.scale(height * (0.68 + between(random, 0.08)), height);
            hand.translate(-0.5, -0.5);
            double pen = side * (0.075 + 0.035 * random.nextDouble());
            g.setStroke(new BasicStroke((float) pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.draw(hand.createTransformedShape(glyph(digit)));
        } finally {
            g.dispose();
        }
        finish(image, random, lightOnDark);
        return image;
    }

    public static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("this Java platform cannot write " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static double between(Random random, double most) {
        return most * (2 * random.nextDouble() - 1);
    }

    private static void finish(BufferedImage image, Random random, boolean lightOnDark) {
        var raster = image.getRaster();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int value = raster.getSample(x, y, 0) + (int) (8 * random.nextGaussian());
                value = Math.max(0, Math.min(255, value));
                raster.setSample(x, y, 0, lightOnDark ? value : 255 - value);
            }
        }
    }

    /** In a box from (0, 0) at the top left to (1, 1). */
    private static Shape glyph(int digit) {
        Path2D path = new Path2D.Double();
        switch (digit) {
            case 0 -> path.append(new Ellipse2D.Double(0.05, 0, 0.9, 1), false);
            case 1 -> lines(path, 0.3, 0.2, 0.55, 0, 0.55, 1);
            case 2 -> {
                path.append(new Arc2D.Double(0.05, 0, 0.85, 0.6, 160, -195, Arc2D.OPEN), false);
                path.lineTo(0.02, 1);
                path.lineTo(0.98, 1);
            }
            case 3 -> {
                path.append(new Arc2D.Double(0.05, 0, 0.8, 0.5, 150, -240, Arc2D.OPEN), false);
                path.append(new Arc2D.Double(0, 0.48, 0.9, 0.52, 90, -240, Arc2D.OPEN), false);
            }
            case 4 -> {
                lines(path, 0.6, 0, 0.02, 0.62, 0.98, 0.62);
                lines(path, 0.72, 0.3, 0.72, 1);
            }
            case 5 -> {
                lines(path, 0.9, 0, 0.18, 0, 0.12, 0.45);
                path.append(new Arc2D.Double(-0.05, 0.37, 0.95, 0.63, 125, -265, Arc2D.OPEN), true);
            }
            case 6 -> {
                path.append(new Ellipse2D.Double(0.08, 0.48, 0.82, 0.52), false);
                path.moveTo(0.75, 0);
                path.curveTo(0.35, 0.1, 0.08, 0.4, 0.08, 0.74);
            }
            case 7 -> lines(path, 0.02, 0.03, 0.95, 0.03, 0.35, 1);
            case 8 -> {
                path.append(new Ellipse2D.Double(0.14, 0, 0.72, 0.47), false);
                path.append(new Ellipse2D.Double(0.05, 0.47, 0.9, 0.53), false);
            }
            case 9 -> {
                path.append(new Ellipse2D.Double(0.1, 0, 0.8, 0.52), false);
                path.moveTo(0.9, 0.26);
                path.curveTo(0.9, 0.6, 0.8, 0.85, 0.62, 1);
            }
            default -> throw new IllegalArgumentException("a digit is from 0 to 9, not " + digit);
        }
        return path;
    }

    private static void lines(Path2D path, double... points) {
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
    }
}
