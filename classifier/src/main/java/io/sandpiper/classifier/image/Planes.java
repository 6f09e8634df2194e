/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** Takes the samples out of whatever kind of BufferedImage a reader gave. */
final class Planes {

    private Planes() {}

    static boolean isGrey(BufferedImage image) {
        return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    static Pixels of(BufferedImage image, int channels) {
        if (isGrey(image)) {
            Pixels grey = grey(image);
            return channels == 1 ? grey : repeated(grey);
        }
        if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
            Pixels rgb = fromInks(image.getRaster());
            return channels == 1 ? luminance(rgb) : rgb;
        }
        BufferedImage bgr = image.getType() == BufferedImage.TYPE_3BYTE_BGR ? image : onWhite(image);
        return channels == 1 ? luminance(bgr) : rgb(bgr);
    }

    /** Sample by sample: Java2D would take the grey for linear light and change its values. 8 or 16 bits, on white. */
    private static Pixels grey(BufferedImage image) {
        if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            return new Pixels(1, image.getHeight(), image.getWidth(), samples(image));
        }
        Raster raster = image.getRaster();
        int max = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        boolean alpha = image.getColorModel().hasAlpha();
        byte[] out = new byte[image.getWidth() * image.getHeight()];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                double opacity = alpha ? (double) raster.getSample(x, y, raster.getNumBands() - 1) / max : 1;
                double value = (double) raster.getSample(x, y, 0) / max;
                out[at++] = (byte) Math.round(255 * (value * opacity + 1 - opacity));
            }
        }
        return new Pixels(1, image.getHeight(), image.getWidth(), out);
    }

    private static Pixels repeated(Pixels grey) {
        int plane = grey.samples().length;
        byte[] out = new byte[3 * plane];
        for (int c = 0; c < 3; c++) {
            System.arraycopy(grey.samples(), 0, out, c * plane, plane);
        }
        return new Pixels(3, grey.height(), grey.width(), out);
    }

    /**
     * Cyan, magenta, yellow and black ink, 255 for full: what one ink leaves of the light times what black leaves. Colour
     * profiles of printers are not looked at.
     */
    private static Pixels fromInks(Raster raster) {
        int plane = raster.getWidth() * raster.getHeight();
        byte[] out = new byte[3 * plane];
        int[] row = new int[4 * raster.getWidth()];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int x = 0; x < raster.getWidth(); x++) {
                int light = 255 - row[4 * x + 3];
                for (int c = 0; c < 3; c++) {
                    out[c * plane + y * raster.getWidth() + x] = (byte) ((255 - row[4 * x + c]) * light / 255);
                }
            }
        }
        return new Pixels(3, raster.getHeight(), raster.getWidth(), out);
    }

    /** What is transparent becomes white, as on paper. */
    private static BufferedImage onWhite(BufferedImage image) {
        BufferedImage bgr = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = bgr.createGraphics();
        try {
            g.drawImage(image, 0, 0, Color.WHITE, null);
        } finally {
            g.dispose();
        }
        return bgr;
    }

    private static Pixels rgb(BufferedImage bgr) {
        byte[] in = samples(bgr);
        int plane = bgr.getWidth() * bgr.getHeight();
        byte[] out = new byte[3 * plane];
        for (int i = 0; i < plane; i++) {
            out[i] = in[3 * i + 2];
            out[plane + i] = in[3 * i + 1];
            out[2 * plane + i] = in[3 * i];
        }
        return new Pixels(3, bgr.getHeight(), bgr.getWidth(), out);
    }

    private static Pixels luminance(BufferedImage bgr) {
        byte[] in = samples(bgr);
        byte[] out = new byte[bgr.getWidth() * bgr.getHeight()];
        for (int i = 0; i < out.length; i++) {
            out[i] = luminance(in[3 * i + 2], in[3 * i + 1], in[3 * i]);
        }
        return new Pixels(1, bgr.getHeight(), bgr.getWidth(), out);
    }

    static Pixels luminance(Pixels rgb) {
        int plane = rgb.height() * rgb.width();
        byte[] in = rgb.samples();
        byte[] out = new byte[plane];
        for (int i = 0; i < plane; i++) {
            out[i] = luminance(in[i], in[plane + i], in[2 * plane + i]);
        }
        return new Pixels(1, rgb.height(), rgb.width(), out);
    }

    /** ITU-R BT.601 weights, in 1/1024, as JPEG uses them. */
    private static byte luminance(byte red, byte green, byte blue) {
        return (byte) ((306 * (red & 0xff) + 601 * (green & 0xff) + 117 * (blue & 0xff) + 512) >> 10);
    }

    private static byte[] samples(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
