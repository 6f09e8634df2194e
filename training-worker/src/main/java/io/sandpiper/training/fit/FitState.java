/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

/**
 * Where fitting stands between two epochs: all it takes to go on as if it had never stopped.
 *
 * @param epoch the last whole one
 * @param steps taken so far; the optimizer counts them
 * @param seen what the validation pictures said so far
 * @param weights of all layers, running means of batch normalizations included, in the network's order
 * @param optimizer what it remembers of earlier gradients; empty when it remembers nothing
 * @param best the weights after the best epoch; empty when they are not kept, or are those that stand
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, written and read as they are; two states are never compared
public record FitState(int epoch, int steps, Seen seen, float[] weights, float[] optimizer, float[] best) {

    /**
     * What the validation pictures said so far.
     *
     * @param bestEpoch with the lowest loss; 0: none yet
     * @param bestLoss infinite: none yet
     * @param calmEpoch the last one after which the learning rate fell, or a phase began
     * @param rate share of the learning rate that is left, on a plateau
     */
    public record Seen(int bestEpoch, double bestLoss, int calmEpoch, double rate) {

        static final Seen NOTHING = new Seen(0, Double.POSITIVE_INFINITY, 0, 1);
    }
}
