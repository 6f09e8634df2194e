/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import io.sandpiper.classifier.engine.Tensors;
import java.util.Random;

/**
 * Multinomial logistic regression, fitted with Adam (D. Kingma and J. Ba, 2014, arXiv 1412.6980) to the cross-entropy and
 * a penalty on the weights. The same rows give the same weights. Belongs to one thread.
 */
final class SoftmaxRegression {

    private static final int BATCH = 64;
    private static final int EPOCHS = 12;
    /** However few the rows are. */
    private static final int MIN_STEPS = 300;

    private static final double RATE = 0.001;
    private static final double PENALTY = 0.03;
    private static final double MOMENTUM = 0.9;
    private static final double MEMORY = 0.999;
    private static final double TINY = 1e-8;
    private static final int LANES = 8;

    private final int classes;
    private final int size;
    /** A row a class: a weight a feature, then the bias. */
    private final float[][] weights;

    SoftmaxRegression(int classes, int size) {
        this.classes = classes;
        this.size = size;
        this.weights = new float[classes][size + 1];
    }

    /**
     * @param rows one a picture, each of {@code size} numbers of mean 0 and deviation 1 or so
     * @param labels of all rows
     * @param chosen the rows to fit to
     * @throws InterruptedException when the thread is interrupted; after an epoch at most
     */
    void fit(float[][] rows, int[] labels, int[] chosen) throws InterruptedException {
        int[] order = chosen.clone();
        Random random = new Random(order.length);
        int stepsAnEpoch = (order.length + BATCH - 1) / BATCH;
        int steps = Math.max(EPOCHS * stepsAnEpoch, MIN_STEPS);
        float[][] gradient = new float[classes][size + 1];
        float[][] mean = new float[classes][size + 1];
        float[][] square = new float[classes][size + 1];
        float[] answer = new float[classes];
        for (int step = 0; step < steps; step++) {
            int from = step % stepsAnEpoch * BATCH;
            if (from == 0) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                shuffle(order, random);
            }
            int to = Math.min(order.length, from + BATCH);
            for (int i = from; i < to; i++) {
                addGradient(rows[order[i]], labels[order[i]], 1f / (to - from), answer, gradient);
            }
            update(gradient, mean, square, step + 1, RATE * (1 - (double) step / steps));
        }
    }

    /** Fills in one probability a class. */
    void classify(float[] row, float[] answer) {
        for (int c = 0; c < classes; c++) {
            answer[c] = dot(weights[c], row) + weights[c][size];
        }
        Tensors.softmax(new float[][] {answer});
    }

    private void addGradient(float[] row, int label, float share, float[] answer, float[][] gradient) {
        classify(row, answer);
        for (int c = 0; c < classes; c++) {
            float error = share * (answer[c] - (c == label ? 1 : 0));
            float[] sums = gradient[c];
            for (int i = 0; i < size; i++) {
                sums[i] += error * row[i];
            }
            sums[size] += error;
        }
    }

    private void update(float[][] gradient, float[][] mean, float[][] square, int step, double rate) {
        float scale = (float) (rate * Math.sqrt(1 - Math.pow(MEMORY, step)) / (1 - Math.pow(MOMENTUM, step)));
        for (int c = 0; c < classes; c++) {
            float[] w = weights[c];
            float[] g = gradient[c];
            float[] m = mean[c];
            float[] v = square[c];
            for (int i = 0; i <= size; i++) {
                float slope = g[i] + (float) PENALTY * w[i];
                m[i] = (float) MOMENTUM * m[i] + (float) (1 - MOMENTUM) * slope;
                v[i] = (float) MEMORY * v[i] + (float) (1 - MEMORY) * slope * slope;
                w[i] -= scale * m[i] / ((float) Math.sqrt(v[i]) + (float) TINY);
                g[i] = 0;
            }
        }
    }

    /** In lanes: the compiler may not reorder a sum of floats by itself. */
    private float dot(float[] w, float[] row) {
        float[] lanes = new float[LANES];
        int whole = size - size % LANES;
        for (int i = 0; i < whole; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                lanes[lane] += w[i + lane] * row[i + lane];
            }
        }
        float sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        for (int i = whole; i < size; i++) {
            sum += w[i] * row[i];
        }
        return sum;
    }

    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
