/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.FeatureMaps;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.image.Pixels;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a simple classifier can tell pictures apart by: a row of numbers a picture. */
final class Features {

    private static final int BATCH = 64;
    private static final double TINY = 1e-6;

    private Features() {}

    /**
     * Shapes and colours; and the means of the last feature maps of a network that takes pictures of this shape and
     * shows them.
     *
     * @param pictures at least one, all of one shape
     * @param network null: without
     * @return each column has mean 0 and deviation 1, or is 0
     * @throws InterruptedException when the thread is interrupted
     */
    static float[][] of(List<Pixels> pictures, @Nullable Classifier network) throws InterruptedException {
        int own = HogFeatures.size(pictures.get(0).channels());
        boolean taken = network != null && Tensors.fits(pictures.get(0), network.input());
        float[][] rows = new float[pictures.size()][];
        for (int from = 0; from < rows.length; from += BATCH) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            List<Pixels> batch = pictures.subList(from, Math.min(rows.length, from + BATCH));
            List<FeatureMaps> maps =
                    taken && network != null ? network.explain(batch).features() : List.of();
            for (int i = 0; i < batch.size(); i++) {
                float[] seen = maps.isEmpty() ? new float[0] : means(maps.get(i));
                float[] row = Arrays.copyOf(seen, seen.length + own);
                float[] shapes = new float[own];
                HogFeatures.of(batch.get(i), shapes);
                System.arraycopy(shapes, 0, row, seen.length, own);
                rows[from + i] = row;
            }
        }
        standardize(rows);
        return rows;
    }

    private static float[] means(FeatureMaps maps) {
        float[] means = new float[maps.channels()];
        int plane = maps.height() * maps.width();
        for (int i = 0; i < maps.values().length; i++) {
            means[i / plane] += maps.values()[i] / plane;
        }
        return means;
    }

    private static void standardize(float[][] rows) {
        int size = rows[0].length;
        double[] sums = new double[size];
        double[] squares = new double[size];
        for (float[] row : rows) {
            for (int i = 0; i < size; i++) {
                sums[i] += row[i];
                squares[i] += (double) row[i] * row[i];
            }
        }
        for (int i = 0; i < size; i++) {
            double mean = sums[i] / rows.length;
            double deviation = Math.sqrt(Math.max(0, squares[i] / rows.length - mean * mean));
            for (float[] row : rows) {
                row[i] = deviation < TINY ? 0 : (float) ((row[i] - mean) / deviation);
            }
        }
    }
}
