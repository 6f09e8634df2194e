/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.TrainingRequested;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Small changes that leave the class as it is: a shift by a few pixels, a turn about the middle, larger or smaller (what
 * moves in takes the value of the nearest edge pixel), left for right, dark for light, and brighter or darker. Each is
 * drawn anew for each picture, uniformly up to its limit.
 *
 * @param maxShift in pixels, each way
 * @param mirror probability of swapping left and right
 * @param invert probability of turning light into dark
 * @param rotation in degrees, each way; absent: none
 * @param zoom as a fraction of the size, each way; absent: none
 * @param brightness as a fraction of each value, each way; absent: none
 */
public record Augmentation(
        int maxShift,
        double mirror,
        double invert,
        @Nullable Double rotation,
        @Nullable Double zoom,
        @Nullable Double brightness) {

    private static final double MAX_ROTATION = 180;
    private static final double MAX_ZOOM = 0.9;
    private static final int VALUES = 256;

    public Augmentation {
        require(maxShift >= 0, "maxShift is 0 or more");
        require(within(mirror, 1), "mirror is from 0 to 1");
        require(within(invert, 1), "invert is from 0 to 1");
        require(within(orNone(rotation), MAX_ROTATION), "rotation is from 0 to 180");
        require(within(orNone(zoom), MAX_ZOOM), "zoom is from 0 to 0.9");
        require(within(orNone(brightness), 1), "brightness is from 0 to 1");
    }

    /** What was asked for, and this for the rest. */
    Augmentation with(TrainingRequested.Augmentation wanted) {
        return new Augmentation(
                wanted.shift() == null ? maxShift : wanted.shift(),
                wanted.flip() == null ? mirror : wanted.flip(),
                wanted.invert() == null ? invert : wanted.invert(),
                wanted.rotation() == null ? rotation : wanted.rotation(),
                wanted.zoom() == null ? zoom : wanted.zoom(),
                wanted.brightness() == null ? brightness : wanted.brightness());
    }

    public Pixels apply(Pixels in, Random random) {
        int dx = random.nextInt(2 * maxShift + 1) - maxShift;
        int dy = random.nextInt(2 * maxShift + 1) - maxShift;
        boolean mirrored = random.nextDouble() < mirror;
        boolean inverted = random.nextDouble() < invert;
        double degrees = drawn(orNone(rotation), random);
        double scale = 1 + drawn(orNone(zoom), random);
        double light = 1 + drawn(orNone(brightness), random);
        Move move = new Move(dx, dy, mirrored, degrees, scale);
        return new Pixels(in.channels(), in.height(), in.width(), move.apply(in, tones(inverted, light)));
    }

    /** Nothing is drawn where there is nothing to change: what else is drawn stays the same. */
    private static double drawn(double limit, Random random) {
        return limit == 0 ? 0 : (2 * random.nextDouble() - 1) * limit;
    }

    /** What each value becomes. */
    private static byte[] tones(boolean inverted, double light) {
        byte[] tones = new byte[VALUES];
        for (int value = 0; value < VALUES; value++) {
            int seen = inverted ? VALUES - 1 - value : value;
            tones[value] = (byte) Math.min(VALUES - 1, Math.round(seen * light));
        }
        return tones;
    }

    private static double orNone(@Nullable Double limit) {
        return limit == null ? 0 : limit;
    }

    private static boolean within(double value, double limit) {
        return value >= 0 && value <= limit;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("augmentation: " + rule);
        }
    }
}
