/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.TrainingRequested.ClassWeights;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import io.sandpiper.schemas.TrainingRequested.Plateau;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An architecture and how it is trained by default. The layer that tells the classes apart is not listed: it follows
 * the last one, with as many outputs as there are classes.
 *
 * @param description one sentence, for people
 * @param input what pictures are turned into
 * @param width by how much layers are widened; absent: not at all
 * @param normalization of all its batch normalizations; absent: DL4J's own numbers
 * @param pretrained where its weights begin; absent: at random
 */
public record Recipe(
        String name,
        String description,
        ModelManifest.Input input,
        @Nullable Double width,
        @Nullable Normalization normalization,
        Augmentation augmentation,
        Training training,
        @Nullable Pretrained pretrained,
        List<LayerSpec> layers) {

    public Recipe {
        layers = List.copyOf(layers);
    }

    /**
     * Numbers of a batch normalization.
     *
     * @param epsilon added to the variance
     * @param decay share of the old running mean and variance that a step keeps
     */
    public record Normalization(double epsilon, double decay) {

        static final Normalization DEFAULT = new Normalization(1e-5, 0.9);
    }

    /**
     * A file of weights as Keras 2 saves it.
     *
     * @param file name in the worker's folder of pre-trained weights
     * @param address where it is fetched from when it is not there; http or https
     * @param sha256 hex; must be given with an address
     */
    public record Pretrained(
            String file, @Nullable URI address, @Nullable String sha256) {

        public Pretrained {
            if (address != null && sha256 == null) {
                throw new IllegalArgumentException("pretrained weights with an address need their sha256");
            }
        }
    }

    /**
     * First the last layer alone, on top of what layers from elsewhere see; then some of those as well, in small steps.
     *
     * @param headEpochs in which only the last layer learns; they count as epochs of the training
     * @param unfrozenLayers how many of the last layers with weights learn after that
     * @param unfrozenRate share of the learning rate for that second part
     */
    public record FineTuning(int headEpochs, int unfrozenLayers, double unfrozenRate) {

        static final FineTuning DEFAULT = new FineTuning(3, 30, 0.1);
        /** However many there are. */
        private static final int ALL = Integer.MAX_VALUE - 1;

        /** What was asked for, and the recipe's own for the rest. */
        FineTuning with(Hyperparameters wanted) {
            return new FineTuning(
                    or(wanted.headEpochs(), headEpochs), or(wanted.unfrozenLayers(), unfrozenLayers), unfrozenRate);
        }

        /**
         * Going on from a version of the same recipe. It has learned from pictures like these: all layers learn, unless
         * something else was asked for, and the last one needs no epochs of its own, unless it is new. A learning rate
         * that was asked for is meant as it stands.
         *
         * @param newHead whether the last layer begins anew
         */
        public FineTuning fromVersion(Hyperparameters wanted, boolean newHead) {
            return new FineTuning(
                    or(wanted.headEpochs(), newHead ? headEpochs : 0),
                    or(wanted.unfrozenLayers(), ALL),
                    wanted.learningRate() == null ? unfrozenRate : 1);
        }
    }

    /** Which optimizer takes the steps. */
    public enum Optimizer {
        ADAM,
        NESTEROVS
    }

    /**
     * How it is trained where a request says nothing else. The validation loss is what patience and plateau go by: it moves
     * where accuracy, on the few pictures there are, stands still.
     *
     * @param learningRate at its peak; rises to it over the warm-up, then falls along a cosine, or on a plateau
     * @param warmup fraction of all steps
     * @param l2 weight decay, on weights only
     * @param labelSmoothing share of each label that is spread over all classes
     * @param fineTuning how it goes on from weights from elsewhere; absent: in the usual way
     * @param classWeights how much a picture's class counts; absent: every picture alike
     * @param clipNorm largest norm of a step's gradient, without the weights' penalty; absent or 0: any
     * @param plateau when the learning rate falls; absent: along the cosine
     * @param patience epochs without a better validation loss after which fitting ends; absent or 0: it goes on
     * @param keepBest whether the weights of the epoch with the best validation loss are kept, not those of the last;
     *     absent: where there is patience
     */
    public record Training(
            Optimizer optimizer,
            int epochs,
            int batchSize,
            double learningRate,
            double warmup,
            double l2,
            double labelSmoothing,
            long seed,
            FineTuning fineTuning,
            @Nullable ClassWeights classWeights,
            @Nullable Double clipNorm,
            @Nullable Plateau plateau,
            @Nullable Integer patience,
            @Nullable Boolean keepBest) {

        public Training {
            fineTuning = fineTuning == null ? FineTuning.DEFAULT : fineTuning;
        }

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
                    or(wanted.seed(), seed),
                    fineTuning.with(wanted),
                    wanted.classWeights() == null ? classWeights : wanted.classWeights(),
                    wanted.clipNorm() == null ? clipNorm : wanted.clipNorm(),
                    wanted.plateau() == null ? plateau : wanted.plateau(),
                    wanted.patience() == null ? patience : wanted.patience(),
                    wanted.keepBest() == null ? keepBest : wanted.keepBest());
        }

        public boolean balancesClasses() {
            return classWeights == ClassWeights.BALANCED;
        }

        /** Null where the learning rate follows the cosine. */
        public @Nullable Plateau plateauIfAny() {
            return plateau == null || plateau.patienceOrDefault() == 0 ? null : plateau;
        }

        /** 0: none. */
        public double clipNormOrNone() {
            return or(clipNorm, 0.0);
        }

        /** 0: it goes on. */
        public int patienceOrNone() {
            return or(patience, 0);
        }

        public boolean keepsBest() {
            return or(keepBest, patienceOrNone() > 0);
        }
    }

    private static <T> T or(@Nullable T wanted, T otherwise) {
        return wanted == null ? otherwise : wanted;
    }

    public double widthOrOne() {
        return or(width, 1.0);
    }

    Normalization normalizationOrDefault() {
        return or(normalization, Normalization.DEFAULT);
    }

    /** The same network for pictures of another size. */
    public Recipe withInputSize(int height, int width) {
        ModelManifest.Input resized =
                new ModelManifest.Input(input.channels(), height, width, input.mean(), input.std());
        return with(resized, this.width, augmentation, pretrained);
    }

    /** The same network, wider or narrower. */
    public Recipe withWidth(double wanted) {
        return with(input, wanted, augmentation, pretrained);
    }

    /** The same network, from the weights in a file of the worker's folder. */
    public Recipe withPretrained(String file) {
        return with(input, width, augmentation, new Pretrained(file, null, null));
    }

    /** The same network, without the weights it would begin from. */
    public Recipe withoutPretrained() {
        return with(input, width, augmentation, null);
    }

    /** The same network, its pictures changed as was asked for, where anything was. */
    public Recipe withAugmentation(Hyperparameters wanted) {
        return wanted.augmentation() == null
                ? this
                : with(input, width, augmentation.with(wanted.augmentation()), pretrained);
    }

    private Recipe with(
            ModelManifest.Input input,
            @Nullable Double width,
            Augmentation augmentation,
            @Nullable Pretrained pretrained) {
        return new Recipe(name, description, input, width, normalization, augmentation, training, pretrained, layers);
    }
}
