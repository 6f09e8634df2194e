/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.schemas.TrainingRequested.Plateau;
import io.sandpiper.training.fit.FitState.Seen;
import io.sandpiper.training.fit.recipe.Recipe;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the validation loss after each epoch: which one was the best, when the learning rate is to fall, and when
 * nothing more is to be expected (Prechelt, 1998, Early Stopping: But When?). Belongs to the fitting thread.
 */
final class Watch {

    private static final float[] NONE = new float[0];

    private final Recipe.Training training;
    private Seen seen;
    private float[] best;
    private int phaseBegan;

    /** @param from where an earlier fitting stood; null: it begins */
    Watch(Recipe.Training training, @Nullable FitState from) {
        this.training = training;
        this.seen = from == null ? Seen.NOTHING : from.seen();
        this.best = from == null ? NONE : from.best();
        if (from != null && training.keepsBest() && seen.bestEpoch() == from.epoch()) {
            best = from.weights();
        }
    }

    /**
     * Each phase has a learning rate of its own, and time of its own to get better.
     *
     * @param done the last whole epoch
     */
    void begin(Phase phase, int done) {
        phaseBegan = phase.first() - 1;
        if (done <= phaseBegan) {
            seen = new Seen(seen.bestEpoch(), seen.bestLoss(), phaseBegan, 1);
        }
    }

    /** @param weights as they are now; asked for when they are the best so far, and kept */
    void see(int epoch, double loss, Supplier<float[]> weights) {
        Plateau plateau = training.plateauIfAny();
        if (loss < seen.bestLoss()) {
            seen = new Seen(epoch, loss, seen.calmEpoch(), seen.rate());
            best = training.keepsBest() ? weights.get() : NONE;
        } else if (plateau != null
                && epoch - Math.max(seen.bestEpoch(), seen.calmEpoch()) >= plateau.patienceOrDefault()) {
            double rate = Math.max(Schedule.FINAL_RATE, seen.rate() * plateau.factorOrDefault());
            seen = new Seen(seen.bestEpoch(), seen.bestLoss(), epoch, rate);
        }
    }

    /** Share of the learning rate that is left, on a plateau. */
    double rate() {
        return seen.rate();
    }

    Seen seen() {
        return seen;
    }

    /**
     * Why there is to be no further epoch, in a sentence; null: there is. Only in the last phase: before it, most layers have
     * not learned at all.
     *
     * @param done the last whole epoch
     */
    @Nullable
    String stops(Phase phase, int done) {
        int patience = training.patienceOrNone();
        if (patience == 0
                || phase.last() < training.epochs()
                || done - Math.max(seen.bestEpoch(), phaseBegan) < patience
                || seen.bestEpoch() == 0) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "the validation loss was lowest after epoch %d (%.4f), and patience is %d %s",
                seen.bestEpoch(),
                seen.bestLoss(),
                patience,
                patience == 1 ? "epoch" : "epochs");
    }

    /** Whether the weights to keep are others than those after the last epoch. */
    boolean hasBetterThan(int lastEpoch) {
        return best.length > 0 && seen.bestEpoch() != lastEpoch;
    }

    /** The weights after the best epoch, where they are kept. */
    float[] best() {
        return best;
    }
}
