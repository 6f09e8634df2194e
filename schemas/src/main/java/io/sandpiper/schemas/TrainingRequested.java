/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Train a new version of a model on the labelled pictures that are there when the job starts.
 *
 * @param recipe architecture by name; absent: the one in the model's settings, else the champion's
 * @param inputSize height and width of what the network sees, in pixels; absent: that in the model's settings where the
 *     recipe is as they have it, else the champion's where it has the same recipe, else the recipe's
 * @param width by how much the recipe's layers are widened; absent: as the input size
 * @param pretrained name of a file in the training workers' folder of pre-trained weights; absent: the recipe's
 * @param from whose weights it begins with: {@link #FROM_CHAMPION}, {@link #FROM_SCRATCH}, or a version's name; absent:
 *     the pre-trained ones, where there are some, else at random
 */
public record TrainingRequested(
        String jobId,
        String model,
        @Nullable String recipe,
        @Nullable Integer inputSize,
        @Nullable Double width,
        @Nullable String pretrained,
        @Nullable String from,
        Hyperparameters hyperparameters,
        Instant requestedAt)
        implements TrainingCommand {

    /** The version that serves when the job begins. */
    public static final String FROM_CHAMPION = "champion";
    /** Random weights, whatever the recipe says. */
    public static final String FROM_SCRATCH = "scratch";

    /**
     * What is absent is the recipe's own choice.
     *
     * @param epochs passes over the training pictures
     * @param batchSize pictures a step
     * @param learningRate at its peak
     * @param seed of weights, shuffling and augmentation
     * @param headEpochs with weights from elsewhere: the first epochs, in which only the last layer learns
     * @param unfrozenLayers with weights from elsewhere: how many of the last layers with weights learn after that
     * @param clipNorm largest norm of a step's gradient; 0: any
     * @param patience epochs without a better validation loss after which fitting ends; 0: it goes on
     * @param keepBest whether the version gets the weights of the epoch with the best validation loss, not of the last
     */
    public record Hyperparameters(
            @Nullable Integer epochs,
            @Nullable Integer batchSize,
            @Nullable Double learningRate,
            @Nullable Long seed,
            @Nullable Integer headEpochs,
            @Nullable Integer unfrozenLayers,
            @Nullable Augmentation augmentation,
            @Nullable ClassWeights classWeights,
            @Nullable Double clipNorm,
            @Nullable Plateau plateau,
            @Nullable Integer patience,
            @Nullable Boolean keepBest) {

        public static final Hyperparameters OF_THE_RECIPE = new Hyperparameters(null, null, null, null, null, null);

        /** The rest is the recipe's. */
        public Hyperparameters(
                @Nullable Integer epochs,
                @Nullable Integer batchSize,
                @Nullable Double learningRate,
                @Nullable Long seed,
                @Nullable Integer headEpochs,
                @Nullable Integer unfrozenLayers) {
            this(epochs, batchSize, learningRate, seed, headEpochs, unfrozenLayers, null, null, null, null, null, null);
        }
    }

    /**
     * How pictures are changed before they are learned from. What is absent is the recipe's own.
     *
     * @param flip probability of swapping left and right
     * @param shift largest, in pixels each way
     * @param rotation largest, in degrees each way
     * @param zoom largest, as a fraction of the size each way
     * @param brightness largest, as a fraction of each value each way
     * @param invert probability of turning light into dark
     */
    public record Augmentation(
            @Nullable Double flip,
            @Nullable Integer shift,
            @Nullable Double rotation,
            @Nullable Double zoom,
            @Nullable Double brightness,
            @Nullable Double invert) {

        /** Pictures as they are. */
        public static final Augmentation NONE = new Augmentation(0.0, 0, 0.0, 0.0, 0.0, 0.0);
    }

    /** How much a picture's class counts. */
    public enum ClassWeights {
        /** Every picture alike. */
        @JsonProperty("none")
        NONE,
        /** Every class alike: a picture by n / (k n_c), of n pictures, k classes, n_c of its class (King and Zeng, 2001). */
        @JsonProperty("balanced")
        BALANCED
    }

    /**
     * The learning rate stays at its peak, and falls when the validation loss no longer does: in the place of the cosine.
     *
     * @param patience epochs without a better validation loss before it falls; 0: the cosine; absent: 3
     * @param factor by which it falls; absent: 0.1
     */
    public record Plateau(
            @Nullable Integer patience, @Nullable Double factor) {

        public int patienceOrDefault() {
            return patience == null ? 3 : patience;
        }

        public double factorOrDefault() {
            return factor == null ? 0.1 : factor;
        }
    }
}
