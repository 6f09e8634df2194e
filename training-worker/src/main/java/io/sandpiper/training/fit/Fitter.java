/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.fit.pretrained.PretrainedWeights;
import io.sandpiper.training.fit.pretrained.UnusableWeightsException;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.RecipeNetwork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fits a recipe's network to a data set. The same seed and the same number of replicas give the same weights. */
public final class Fitter {

    private static final Duration REPORT_EVERY = Duration.ofSeconds(1);
    /** The learning rate follows a cosine down to this fraction of its peak. */
    private static final double FINAL_RATE = 0.01;
    /** Setting the rate walks through all layers: not at every step. */
    private static final int RATE_STEPS = 10;

    private final Recipe recipe;
    private final Recipe.Training training;
    private final Dataset dataset;
    private final int replicas;
    private final Progress progress;
    private final @Nullable PretrainedWeights pretrained;

    /** Told about once a second, and after each epoch, on the fitting thread. */
    public interface Progress {

        /** @param loss mean since the last report, with the weights' penalty */
        void onStep(int epoch, int step, int steps, double loss, double imagesPerSecond, Duration eta);

        /**
         * @param classifier with the weights as they are now: to be asked, not kept
         * @param state to go on from; made when it is asked for
         */
        void onEpoch(int epoch, Classifier classifier, Supplier<FitState> state);
    }

    /**
     * @param replicas threads that share each batch
     * @param pretrained where the weights begin; null: at random, or where an earlier fitting stood
     */
    public Fitter(
            Recipe recipe,
            Recipe.Training training,
            Dataset dataset,
            int replicas,
            Progress progress,
            @Nullable PretrainedWeights pretrained) {
        this.recipe = recipe;
        this.training = training;
        this.dataset = dataset;
        this.replicas = replicas;
        this.progress = progress;
        this.pretrained = pretrained;
    }

    /**
     * Fits the whole network from random weights, or fine-tunes pre-trained ones.
     *
     * @param from where an earlier fitting with the same recipe, data set and replicas stood: it is gone on with, to the
     *     same weights; null: from the beginning
     * @throws CancellationException when the thread is interrupted; at most one step later
     * @throws UnusableWeightsException when the pre-trained weights are another network's
     */
    public FittedNetwork fit(@Nullable FitState from) throws UnusableWeightsException {
        int classes = dataset.labels().size();
        Replicas network =
                new Replicas(RecipeNetwork.configuration(recipe, training, classes), replicas, training.seed());
        FittedNetwork fitted = new FittedNetwork(network.primary(), recipe.input(), dataset.labels());
        try (network;
                Batches batches = new Batches(recipe, training, dataset.train(), classes, replicas)) {
            if (from != null) {
                network.setWeights(from);
            } else if (pretrained != null) {
                pretrained.copyTo(network.primary());
            }
            Clock clock = new Clock(System.nanoTime(), from == null ? 0 : (double) from.epoch() / training.epochs());
            for (Phase phase : phases()) {
                fit(phase, from, network, batches, fitted, clock);
            }
            network.unfreeze();
            return fitted;
        } catch (RuntimeException | Error | UnusableWeightsException e) {
            fitted.close();
            throw e;
        }
    }

    private void fit(
            Phase phase,
            @Nullable FitState from,
            Replicas network,
            Batches batches,
            FittedNetwork fitted,
            Clock clock) {
        int done = from == null ? 0 : from.epoch();
        if (phase.last() <= done) {
            return;
        }
        network.freezeAllBut(phase.learning());
        if (from != null && done >= phase.first()) {
            network.setOptimizer(from);
        }
        for (int epoch = Math.max(phase.first(), done + 1); epoch <= phase.last(); epoch++) {
            int current = epoch;
            network.beginEpoch(epoch);
            batches.forEach(epoch, new Epoch(network, phase, epoch, batches.steps(), clock));
            progress.onEpoch(epoch, fitted.classifier(), () -> network.state(current));
        }
    }

    /**
     * When this process began, and with what.
     *
     * @param nanos of {@link System#nanoTime}
     * @param done share of the whole that was fitted before
     */
    private record Clock(long nanos, double done) {

        Duration left(double doneNow, long now) {
            return Duration.ofNanos((long) ((now - nanos) * (1 - doneNow) / (doneNow - done)));
        }
    }

    /**
     * Epochs with the same layers learning, along one curve of the learning rate.
     *
     * @param learning how many of the last layers with weights learn
     * @param rate share of the recipe's learning rate
     */
    private record Phase(int first, int last, int learning, double rate) {}

    private List<Phase> phases() {
        if (pretrained == null && recipe.pretrained() == null) {
            return List.of(new Phase(1, training.epochs(), Integer.MAX_VALUE, 1));
        }
        Recipe.FineTuning tuning = training.fineTuning();
        int head = Math.min(tuning.headEpochs(), training.epochs());
        return List.of(
                new Phase(1, head, 1, 1),
                new Phase(head + 1, training.epochs(), 1 + tuning.unfrozenLayers(), tuning.unfrozenRate()));
    }

    /** Takes the steps of one epoch, and reports. */
    private final class Epoch implements Batches.Step {

        private final Replicas network;
        private final Phase phase;
        private final int epoch;
        private final int steps;
        private final Clock clock;
        private final long epochStarted = System.nanoTime();
        private long reported = epochStarted;
        private double loss;
        private int losses;

        Epoch(Replicas network, Phase phase, int epoch, int steps, Clock clock) {
            this.network = network;
            this.phase = phase;
            this.epoch = epoch;
            this.steps = steps;
            this.clock = clock;
        }

        @Override
        public void take(int step, List<Shard> shards) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            if (step % RATE_STEPS == 0) {
                network.setLearningRate(phase.rate() * learningRate(donePhase(step)));
            }
            loss += network.step(shards);
            losses++;
            long now = System.nanoTime();
            if (now - reported >= REPORT_EVERY.toNanos() || step == steps - 1) {
                report(step + 1, now);
            }
        }

        private void report(int taken, long now) {
            double rate = (double) taken * training.batchSize() / ((now - epochStarted) / 1e9);
            progress.onStep(epoch, taken, steps, loss / losses, rate, clock.left(done(taken), now));
            reported = now;
            loss = 0;
            losses = 0;
        }

        private double donePhase(int step) {
            return (epoch - phase.first() + (double) step / steps) / (phase.last() - phase.first() + 1);
        }

        private double done(int step) {
            return (epoch - 1 + (double) step / steps) / training.epochs();
        }
    }

    /** Up along a line, down along a cosine: Loshchilov and Hutter, 2016 (arXiv 1608.03983), one cycle of it. */
    double learningRate(double done) {
        if (done < training.warmup()) {
            return training.learningRate() * Math.max(FINAL_RATE, done / training.warmup());
        }
        double cooling = (done - training.warmup()) / (1 - training.warmup());
        double cosine = (1 + Math.cos(Math.PI * cooling)) / 2;
        return training.learningRate() * (FINAL_RATE + (1 - FINAL_RATE) * cosine);
    }
}
