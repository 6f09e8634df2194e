/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.model;

import io.sandpiper.classifier.engine.Answers;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes the place of a network in load tests: it waits as long for each batch as an accelerator elsewhere would compute,
 * so that many workers can be measured on few cores. Its answers depend on the pixels, so that an answer which got to the
 * wrong picture shows, and mean nothing. Only with {@code sandpiper.inference.stand-in-delay}.
 */
final class StandInClassifier implements Classifier {

    private final Classifier network;
    private final long delayNanos;

    /** @param network whose labels and shape it takes; from now on its own */
    StandInClassifier(Classifier network, Duration delay) {
        this.network = network;
        this.delayNanos = delay.toNanos();
    }

    @Override
    public List<String> labels() {
        return network.labels();
    }

    @Override
    public ModelManifest.Input input() {
        return network.input();
    }

    @Override
    public float[][] classify(List<Pixels> batch) {
        long end = System.nanoTime() + delayNanos;
        float[][] probabilities = new float[batch.size()][labels().size()];
        for (int i = 0; i < probabilities.length; i++) {
            int label = Math.floorMod(Arrays.hashCode(batch.get(i).samples()), probabilities[i].length);
            probabilities[i][label] = 1;
        }
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted");
            }
        }
        return probabilities;
    }

    @Override
    public Answers explain(List<Pixels> batch) {
        return new Answers(classify(batch), List.of());
    }

    @Override
    public Classifier copy() {
        return new StandInClassifier(network.copy(), Duration.ofNanos(delayNanos));
    }

    @Override
    public void close() {
        network.close();
    }
}
