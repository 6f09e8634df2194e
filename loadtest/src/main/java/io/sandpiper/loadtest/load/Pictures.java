/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures to send: drawn, the same at each run, about as hard to decode as photographs of their size. */
public final class Pictures {

    private static final int COUNT = 512;
    private static final int SHAPES = 4;
    private static final int GRAIN = 24;

    private final List<byte[]> jpegs;

    private Pictures(List<byte[]> jpegs) {
        this.jpegs = List.copyOf(jpegs);
    }

    /** @param side in pixels */
    public static Pictures drawn(int side) {
        Random random = new Random(side);
        List<byte[]> jpegs = new ArrayList<>(COUNT);
        for (int i = 0; i < COUNT; i++) {
            jpegs.add(jpeg(draw(side, random)));
        }
        return new Pictures(jpegs);
    }

    public int count() {
        return jpegs.size();
    }

    /** Not copied: treat as read-only. */
    public byte[] get(int number) {
        return jpegs.get(number % jpegs.size());
    }

    /** One file each, for whoever is to have the same pictures. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < jpegs.size(); i++) {
            Files.write(folder.resolve("%04d.jpg".formatted(i)), jpegs.get(i));
        }
    }

    private static BufferedImage draw(int side, Random random) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setPaint(new GradientPaint(0, 0, colour(random), side, side, colour(random)));
        graphics.fillRect(0, 0, side, side);
        for (int i = 0; i < SHAPES; i++) {
            graphics.setColor(colour(random));
            int width = 1 + random.nextInt(side);
            int height = 1 + random.nextInt(side);
            graphics.fillOval(random.nextInt(side) - width / 2, random.nextInt(side) - height / 2, width, height);
        }
        graphics.dispose();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int grain = random.nextInt(GRAIN) - GRAIN / 2;
                int rgb = image.getRGB(x, y);
                image.setRGB(
                        x,
                        y,
                        (grained(rgb >> 16, grain) << 16) | (grained(rgb >> 8, grain) << 8) | grained(rgb, grain));
            }
        }
        return image;
    }

    private static int grained(int channel, int grain) {
        return Math.max(0, Math.min(255, (channel & 0xff) + grain));
    }

    private static Color colour(Random random) {
        return new Color(random.nextInt(1 << 24));
    }

    private static byte[] jpeg(BufferedImage image) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "jpg", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
