/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.schemas.EvaluationReport.Epoch;
import io.sandpiper.training.fit.Validation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what is told while fitting, epoch by epoch. Belongs to the fitting thread. */
final class TrainingCurve {

    private final List<Epoch> epochs = new ArrayList<>();
    private double losses;
    private int steps;

    /**
     * @param step of the epoch, the last that was taken
     * @param loss mean over the steps since the last call
     */
    void add(int step, double loss) {
        losses += loss * (step - steps);
        steps = step;
    }

    /** @param validation how it does now on the validation pictures; null when there are none */
    void end(int epoch, @Nullable Validation validation) {
        epochs.add(
                validation == null
                        ? new Epoch(epoch, losses / steps, null, null)
                        : new Epoch(epoch, losses / steps, validation.loss(), validation.accuracy()));
        losses = 0;
        steps = 0;
    }

    List<Epoch> epochs() {
        return List.copyOf(epochs);
    }
}
