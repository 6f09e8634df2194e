/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.training.fit.recipe.Recipe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Epochs with the same layers learning, along one curve of the learning rate.
 *
 * @param learning how many of the last layers with weights learn
 * @param rate share of the recipe's learning rate
 */
record Phase(int first, int last, int learning, double rate) {

    /** @param tuning null: all layers learn from the first epoch on */
    static List<Phase> of(Recipe.Training training, Recipe.@Nullable FineTuning tuning) {
        if (tuning == null) {
            return List.of(new Phase(1, training.epochs(), Integer.MAX_VALUE, 1));
        }
        int head = Math.min(tuning.headEpochs(), training.epochs());
        return List.of(
                new Phase(1, head, 1, 1),
                new Phase(head + 1, training.epochs(), 1 + tuning.unfrozenLayers(), tuning.unfrozenRate()));
    }
}
