/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.classifier.image.Thumbnail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether two pictures look the same: the correlation of their samples, at 32 x 32 where they are larger. It is the same
 * for a picture that is brighter or has less contrast. Belongs to one thread.
 */
final class Likeness {

    private static final int SIDE = 32;
    /** How far the mean samples may lie apart, of 255: two flat pictures correlate whatever their colours are. */
    private static final double BRIGHTNESS = 32;

    private final List<Pixels> pictures;
    /** As they are asked for: few pictures look like another one. */
    private final @Nullable Standard[] standards;

    private final double distance;

    /** @param correlation from which on two pictures look the same, 0 to 1 */
    Likeness(List<Pixels> pictures, double correlation) {
        this.pictures = pictures;
        this.standards = new Standard[pictures.size()];
        this.distance = 2 * (1 - correlation);
    }

    /**
     * A picture made comparable.
     *
     * @param scale 1 through the length of the samples' differences from their mean; 0 for a flat picture
     */
    @SuppressWarnings("ArrayRecordComponent") // a hot value that is never compared
    private record Standard(byte[] samples, double mean, double scale) {

        static Standard of(Pixels pixels) {
            byte[] samples = pixels.height() > SIDE || pixels.width() > SIDE
                    ? Thumbnail.of(pixels, SIDE, SIDE).samples()
                    : pixels.samples();
            long sum = 0;
            long squares = 0;
            for (byte sample : samples) {
                sum += sample & 0xff;
                squares += (long) (sample & 0xff) * (sample & 0xff);
            }
            double mean = (double) sum / samples.length;
            double length = squares - mean * sum;
            return new Standard(samples, mean, length < samples.length ? 0 : 1 / Math.sqrt(length));
        }
    }

    /** By their places in the list. */
    boolean isAlike(int one, int other) {
        Standard a = standard(one);
        Standard b = standard(other);
        if (Math.abs(a.mean() - b.mean()) > BRIGHTNESS) {
            return false;
        }
        // The squared distance of two vectors of length 1 is 2 (1 - correlation), and it only grows: most pairs end
        // soon.
        // From the middle on, where pictures differ most.
        int middle = a.samples().length / 2;
        double sum = 0;
        for (int k = 0; k < a.samples().length; k++) {
            int i = k + middle < a.samples().length ? k + middle : k + middle - a.samples().length;
            double difference =
                    ((a.samples()[i] & 0xff) - a.mean()) * a.scale() - ((b.samples()[i] & 0xff) - b.mean()) * b.scale();
            sum += difference * difference;
            if (sum > distance) {
                return false;
            }
        }
        return true;
    }

    private Standard standard(int picture) {
        Standard known = standards[picture];
        if (known == null) {
            known = Standard.of(pictures.get(picture));
            standards[picture] = known;
        }
        return known;
    }
}
