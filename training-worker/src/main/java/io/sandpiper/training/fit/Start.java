/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.training.fit.pretrained.InitialWeights;
import io.sandpiper.training.fit.recipe.Recipe;
import org.jspecify.annotations.Nullable;

/**
 * How a fitting begins.
 *
 * @param weights from elsewhere; null: at random, or where an earlier fitting stood
 * @param tuning in which order layers learn that have learned elsewhere; null: all of them from the first epoch on
 */
public record Start(@Nullable InitialWeights weights, Recipe.@Nullable FineTuning tuning) {

    public static final Start AT_RANDOM = new Start(null, null);

    /** Where the weights come from, in a few words, for the manifest. */
    public String origin() {
        return weights == null ? "random weights" : weights.origin();
    }
}
