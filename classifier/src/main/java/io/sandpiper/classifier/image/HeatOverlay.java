/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

/**
 * Draws over a picture where something is: the picture grey, and over it dark violet for little, red and yellow for much. The
 * colours grow lighter with the heat, so they tell as much without the hue.
 */
public final class HeatOverlay {

    /** Smaller pictures are drawn larger: so many pixels at least on the longer side. */
    private static final int MIN_SIDE = 256;

    /** Red, green, blue at even steps from none to all; matplotlib's "inferno" (CC0) at its quarters. */
    private static final int[][] COLOURS = {{0, 0, 4}, {87, 16, 110}, {188, 55, 84}, {249, 142, 9}, {252, 255, 164}};

    private static final double LEAST_OPACITY = 0.35;
    private static final double MOST_OPACITY = 0.8;

    private HeatOverlay() {}

    /**
     * In colours, in the picture's proportions.
     *
     * @param heat one channel, 0 to 255, of any size; it covers the whole picture
     */
    public static Pixels draw(Pixels picture, Pixels heat) {
        int longer = Math.max(picture.height(), picture.width());
        int times = (MIN_SIDE + longer - 1) / longer;
        int height = times * picture.height();
        int width = times * picture.width();
        byte[] grey = Resampler.resize(picture.channels() == 1 ? picture : Planes.luminance(picture), height, width)
                .samples();
        byte[] hot = Resampler.resize(heat, height, width).samples();
        byte[] out = new byte[3 * grey.length];
        for (int i = 0; i < grey.length; i++) {
            double h = (hot[i] & 0xff) / 255.0;
            double opacity = LEAST_OPACITY + (MOST_OPACITY - LEAST_OPACITY) * h;
            for (int c = 0; c < 3; c++) {
                out[c * grey.length + i] = (byte) Math.round((1 - opacity) * (grey[i] & 0xff) + opacity * colour(h, c));
            }
        }
        return new Pixels(3, height, width, out);
    }

    /** @param heat 0 to 1 */
    static double colour(double heat, int channel) {
        double at = heat * (COLOURS.length - 1);
        int below = Math.min(COLOURS.length - 2, (int) at);
        return COLOURS[below][channel] + (at - below) * (COLOURS[below + 1][channel] - COLOURS[below][channel]);
    }
}
