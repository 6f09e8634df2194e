/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An architecture and how it is trained by default. The layer that tells the classes apart is not listed: it follows
 * the last one, with as many outputs as there are classes.
 *
 * @param description one sentence, for people
 * @param input what pictures are turned into
 */
public record Recipe(
        String name,
        String description,
        ModelManifest.Input input,
        Augmentation augmentation,
        Training training,
        List<LayerSpec> layers) {

    public Recipe {
        layers = List.copyOf(layers);
    }

    /** Which optimizer takes the steps. */
    public enum Optimizer {
        ADAM,
        NESTEROVS
    }

    /**
     * How it is trained where a request says nothing else.
     *
     * @param learningRate at its peak; rises to it over the warm-up, then falls along a cosine
     * @param warmup fraction of all steps
     * @param l2 weight decay, on weights only
     * @param labelSmoothing share of each label that is spread over all classes
     */
    public record Training(
            Optimizer optimizer,
            int epochs,
            int batchSize,
            double learningRate,
            double warmup,
            double l2,
            double labelSmoothing,
            long seed) {

        /** What was asked for, and the recipe's own for the rest. */
        public Training with(Hyperparameters wanted) {
            return new Training(
                    optimizer,
                    or(wanted.epochs(), epochs),
                    or(wanted.batchSize(), batchSize),
                    or(wanted.learningRate(), learningRate),
                    warmup,
                    l2,
                    labelSmoothing,
                    or(wanted.seed(), seed));
        }

        private static <T> T or(@Nullable T wanted, T otherwise) {
            return wanted == null ? otherwise : wanted;
        }
    }

    /** The same network for pictures of another size. */
    public Recipe withInputSize(int height, int width) {
        ModelManifest.Input resized =
                new ModelManifest.Input(input.channels(), height, width, input.mean(), input.std());
        return new Recipe(name, description, resized, augmentation, training, layers);
    }
}
