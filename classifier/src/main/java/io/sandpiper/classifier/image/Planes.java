/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** Takes the samples out of whatever kind of BufferedImage a reader gave. */
final class Planes {

    private Planes() {}

    static Pixels of(BufferedImage image, int channels) {
        if (image.getType() == BufferedImage.TYPE_BYTE_GRAY && channels == 1) {
            // Direct: Java2D would take the grey for linear light and change its values.
            return new Pixels(1, image.getHeight(), image.getWidth(), samples(image));
        }
        BufferedImage bgr = image.getType() == BufferedImage.TYPE_3BYTE_BGR ? image : onWhite(image);
        return channels == 1 ? luminance(bgr) : rgb(bgr);
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

    /** ITU-R BT.601 weights, in 1/1024, as JPEG uses them. */
    private static Pixels luminance(BufferedImage bgr) {
        byte[] in = samples(bgr);
        byte[] out = new byte[bgr.getWidth() * bgr.getHeight()];
        for (int i = 0; i < out.length; i++) {
            int blue = in[3 * i] & 0xff;
            int green = in[3 * i + 1] & 0xff;
            int red = in[3 * i + 2] & 0xff;
            out[i] = (byte) ((306 * red + 601 * green + 117 * blue + 512) >> 10);
        }
        return new Pixels(1, bgr.getHeight(), bgr.getWidth(), out);
    }

    private static byte[] samples(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
