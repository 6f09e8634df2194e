/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.explain;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.image.Pixels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Covers one part of a picture after another and looks what becomes of the class (Zeiler and Fergus, "Visualizing and
 * Understanding Convolutional Networks", 2014, section 4.2). Needs nothing but the answers, so it works for every
 * network, and costs as much as answering {@value #PLACES} times {@value #PLACES} pictures.
 */
final class Occlusion {

    /** Places a side where the cover lies, evenly spaced, from edge to edge. */
    static final int PLACES = 12;
    /** Of a side, that is covered at a time. */
    private static final int COVERED_PART = 5;

    private static final int BATCH = 16;

    private final Classifier classifier;
    private final Pace pace;

    Occlusion(Classifier classifier, Pace pace) {
        this.classifier = classifier;
        this.pace = pace;
    }

    /** By how much the log-odds of the class fall when that place is covered with the picture's mean. */
    HeatMap of(Pixels picture, int label) throws InterruptedException {
        double seen = logOdds(classify(List.of(picture))[0], label);
        int rows = Math.min(PLACES, picture.height());
        int columns = Math.min(PLACES, picture.width());
        byte[] mean = means(picture);
        float[] heat = new float[rows * columns];
        for (int from = 0; from < heat.length; from += BATCH) {
            List<Pixels> covered = new ArrayList<>();
            for (int at = from; at < Math.min(heat.length, from + BATCH); at++) {
                int row = at / columns;
                int column = at % columns;
                covered.add(covered(picture, (row + 0.5) / rows, (column + 0.5) / columns, mean));
            }
            float[][] answers = classify(covered);
            for (int i = 0; i < answers.length; i++) {
                heat[from + i] = (float) (seen - logOdds(answers[i], label));
            }
        }
        return new HeatMap(rows, columns, heat);
    }

    private float[][] classify(List<Pixels> batch) throws InterruptedException {
        pace.stepBack();
        long began = System.nanoTime();
        float[][] answers = classifier.classify(batch);
        pace.rest(Duration.ofNanos(System.nanoTime() - began));
        return answers;
    }

    /** Unlike the probability itself it still tells when the network is all but certain: ln p - ln Σ of the others. */
    private static double logOdds(float[] probabilities, int label) {
        double others = 0;
        for (int c = 0; c < probabilities.length; c++) {
            others += c == label ? 0 : probabilities[c];
        }
        return Math.log(Math.max(Float.MIN_NORMAL, probabilities[label]))
                - Math.log(Math.max(Float.MIN_NORMAL, others));
    }

    /** @param y of the middle of the cover, from 0 at the top to 1, as x from the left */
    private static Pixels covered(Pixels picture, double y, double x, byte[] mean) {
        byte[] samples = picture.samples().clone();
        int top = from(y, picture.height());
        int bottom = to(y, picture.height());
        for (int c = 0; c < picture.channels(); c++) {
            for (int row = top; row < bottom; row++) {
                int line = (c * picture.height() + row) * picture.width();
                for (int column = from(x, picture.width()); column < to(x, picture.width()); column++) {
                    samples[line + column] = mean[c];
                }
            }
        }
        return new Pixels(picture.channels(), picture.height(), picture.width(), samples);
    }

    private static int from(double middle, int side) {
        return (int) Math.max(0, Math.round(middle * side - side / (2.0 * COVERED_PART)));
    }

    private static int to(double middle, int side) {
        return (int) Math.min(
                side, Math.max(from(middle, side) + 1, Math.round(middle * side + side / (2.0 * COVERED_PART))));
    }

    private static byte[] means(Pixels picture) {
        int plane = picture.height() * picture.width();
        byte[] means = new byte[picture.channels()];
        for (int c = 0; c < means.length; c++) {
            long sum = 0;
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                sum += picture.samples()[i] & 0xff;
            }
            means[c] = (byte) (sum / plane);
        }
        return means;
    }
}
