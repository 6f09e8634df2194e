/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

import io.sandpiper.schemas.TrainingImageAccepted;
import io.sandpiper.schemas.TrainingImageAccepted.PictureFigures;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes of any picture one that is safe to keep: its pixels and nothing else, as PNG, upright, not larger than anything
 * trains with. Belongs to one thread, like the decoder inside.
 */
public final class PictureNormalizer {

    private static final int LEVELS = 256;
    private static final int PER_MILLE = 1000;

    private final ImageDecoder decoder;
    private final int maxSide;

    /** @param maxSide pixels; a picture with a longer side is made smaller */
    public PictureNormalizer(ImageLimits limits, int maxSide) {
        this.decoder = new ImageDecoder(limits);
        this.maxSide = maxSide;
    }

    /**
     * A picture to keep.
     *
     * @param png not copied: treat as read-only
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Normalized(byte[] png, int width, int height, PictureFigures figures) {}

    public Normalized normalize(byte[] image) throws ImageRejectedException {
        Pixels pixels = decoder.decodeWithin(image, maxSide);
        return new Normalized(Png.encode(pixels), pixels.width(), pixels.height(), figures(pixels));
    }

    static PictureFigures figures(Pixels pixels) {
        Pixels grey = pixels.channels() == 1 ? pixels : Planes.luminance(pixels);
        int count = grey.samples().length;
        long sum = 0;
        long squares = 0;
        int[] steps = new int[TrainingImageAccepted.INTENSITY_BINS];
        for (byte sample : grey.samples()) {
            int value = sample & 0xff;
            sum += value;
            squares += (long) value * value;
            steps[value * steps.length / LEVELS]++;
        }
        double mean = (double) sum / count;
        List<Integer> perMille = new ArrayList<>(steps.length);
        for (int step : steps) {
            perMille.add(Math.toIntExact(Math.round((double) PER_MILLE * step / count)));
        }
        return new PictureFigures(
                tenth(mean), tenth(Math.sqrt(Math.max(0, (double) squares / count - mean * mean))), perMille);
    }

    private static double tenth(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
