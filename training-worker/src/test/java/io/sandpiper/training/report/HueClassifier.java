/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report;

import io.sandpiper.classifier.engine.Answers;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.util.List;

/** Each class has a hue; the nearer a picture's is to it, the more probable the class. */
final class HueClassifier implements Classifier {

    private static final double SHARPNESS = 60;

    private final List<String> labels;

    HueClassifier(List<String> labels) {
        this.labels = labels;
    }

    /** 0 to 1. */
    static double hue(int label, int classes) {
        return (double) label / classes;
    }

    /** How much of a channel a hue has, 0 to 1. */
    static double channel(double hue, int channel) {
        return 0.5 + 0.5 * Math.cos(2 * Math.PI * (hue - channel / 3.0));
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public ModelManifest.Input input() {
        return new ModelManifest.Input(3, 32, 32, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    }

    @Override
    public float[][] classify(List<Pixels> batch) {
        float[][] answers = batch.stream().map(this::answer).toArray(float[][]::new);
        Tensors.softmax(answers);
        return answers;
    }

    private float[] answer(Pixels picture) {
        int plane = picture.height() * picture.width();
        double[] means = new double[3];
        for (int i = 0; i < 3 * plane; i++) {
            means[i / plane] += (picture.samples()[i] & 0xff) / (double) plane;
        }
        double sine = Math.sqrt(3) / 2 * (means[1] - means[2]);
        double cosine = means[0] - (means[1] + means[2]) / 2;
        double seen = Math.atan2(sine, cosine) / (2 * Math.PI);
        float[] logits = new float[labels.size()];
        for (int c = 0; c < logits.length; c++) {
            double off = Math.IEEEremainder(seen - hue(c, logits.length), 1);
            logits[c] = (float) (-SHARPNESS * Math.abs(off));
        }
        return logits;
    }

    @Override
    public Answers explain(List<Pixels> batch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Classifier copy() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
