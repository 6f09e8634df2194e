/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.dl4j.Dl4jClassifier;
import io.sandpiper.schemas.TrainingCompleted.Fitted;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.fit.pretrained.UnusableWeightsException;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.RecipeNetwork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fits a recipe's network to a data set. The same seed and the same number of replicas give the same weights. */
public final class Fitter {

    private static final Logger LOG = LoggerFactory.getLogger(Fitter.class);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(1);
    /** Setting the rate walks through all layers: not at every step. */
    private static final int RATE_STEPS = 10;

    private final Recipe recipe;
    private final Recipe.Training training;
    private final Dataset dataset;
    private final int replicas;
    private final Progress progress;
    private final Start start;
    private final Schedule schedule;
    private final float @Nullable [] classWeights;

    /** Told about once a second, and after each epoch, on the fitting thread. */
    public interface Progress {

        /** @param loss mean since the last report, with the weights' penalty */
        void onStep(int epoch, int step, int steps, double loss, double imagesPerSecond, Duration eta);

        /**
         * @param validation null when there are no pictures for it
         * @param state to go on from; made when it is asked for
         */
        void onEpoch(int epoch, @Nullable Validation validation, Supplier<FitState> state);
    }

    /** @param replicas threads that share each batch */
    public Fitter(
            Recipe recipe, Recipe.Training training, Dataset dataset, int replicas, Progress progress, Start start) {
        this.recipe = recipe;
        this.training = training;
        this.dataset = dataset;
        this.replicas = replicas;
        this.progress = progress;
        this.start = start;
        this.schedule = new Schedule(training, !dataset.validation().isEmpty());
        this.classWeights = training.balancesClasses()
                ? ClassWeighting.balanced(dataset.train(), dataset.labels().size())
                : null;
    }

    /**
     * Fits the whole network from random weights, or fine-tunes those from elsewhere. Ends early where the training has
     * patience; the weights are then those of the best epoch, or of the last, as the training says.
     *
     * @param from where an earlier fitting with the same recipe, data set and replicas stood: it is gone on with, to the
     *     same weights; null: from the beginning
     * @throws CancellationException when the thread is interrupted; at most one step later
     * @throws UnusableWeightsException when the weights to begin with are another network's
     */
    public FittedNetwork fit(@Nullable FitState from) throws UnusableWeightsException {
        warnWithoutValidation();
        int classes = dataset.labels().size();
        Replicas network = new Replicas(
                RecipeNetwork.configuration(recipe, training, classes),
                replicas,
                training.seed(),
                training.balancesClasses(),
                training.clipNormOrNone());
        Classifier classifier = new Dl4jClassifier(network.primary(), recipe.input(), dataset.labels());
        try (network;
                Batches batches = new Batches(recipe, training, dataset.train(), classes, classWeights, replicas)) {
            if (from != null) {
                network.goOnFrom(from);
            } else if (start.weights() != null) {
                start.weights().copyTo(network.primary());
            }
            Watch watch = new Watch(training, from);
            Clock clock = new Clock(System.nanoTime(), from == null ? 0 : (double) from.epoch() / training.epochs());
            Run run = new Run(network, batches, classifier, watch, clock, from);
            for (Phase phase : Phase.of(training, start.tuning())) {
                run.fit(phase);
            }
            network.unfreeze();
            return new FittedNetwork(network.primary(), classifier, run.end());
        } catch (RuntimeException | Error | UnusableWeightsException e) {
            classifier.close();
            throw e;
        }
    }

    private void warnWithoutValidation() {
        boolean wanted = training.patienceOrNone() > 0 || training.plateauIfAny() != null || training.keepsBest();
        if (wanted && dataset.validation().isEmpty()) {
            LOG.warn(
                    "There are no validation pictures: no epoch is the best, fitting does not end early, and the learning"
                            + " rate follows the cosine. Upload more labelled pictures.");
        }
    }

    /** One fitting, from its first epoch, or from where an earlier one stood, to its end. */
    private final class Run {

        private final Replicas network;
        private final Batches batches;
        private final Classifier classifier;
        private final Watch watch;
        private final Clock clock;
        private final @Nullable FitState from;
        private int done;
        private @Nullable String stopped;

        Run(
                Replicas network,
                Batches batches,
                Classifier classifier,
                Watch watch,
                Clock clock,
                @Nullable FitState from) {
            this.network = network;
            this.batches = batches;
            this.classifier = classifier;
            this.watch = watch;
            this.clock = clock;
            this.from = from;
            this.done = from == null ? 0 : from.epoch();
        }

        void fit(Phase phase) {
            if (phase.last() <= done) {
                return;
            }
            network.freezeAllBut(phase.learning());
            if (from != null && from.epoch() >= phase.first()) {
                network.setOptimizer(from);
            }
            watch.begin(phase, done);
            stopped = watch.stops(phase, done);
            while (done < phase.last() && stopped == null) {
                int epoch = done + 1;
                network.beginEpoch(epoch);
                batches.forEach(epoch, new Epoch(network, phase, epoch, batches.steps(), watch.rate(), clock));
                done = epoch;
                Validation validation = dataset.validation().isEmpty()
                        ? null
                        : Validation.of(classifier, dataset.validation(), classWeights);
                if (validation != null) {
                    watch.see(epoch, validation.loss(), network::weights);
                }
                progress.onEpoch(epoch, validation, () -> network.state(epoch, watch));
                stopped = watch.stops(phase, done);
            }
        }

        Fitted end() {
            int kept = done;
            if (watch.hasBetterThan(done)) {
                network.setWeights(watch.best());
                kept = watch.seen().bestEpoch();
            }
            return new Fitted(done, kept, done < training.epochs() ? stopped : null);
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

    /** Takes the steps of one epoch, and reports. */
    private final class Epoch implements Batches.Step {

        private final Replicas network;
        private final Phase phase;
        private final int epoch;
        private final int steps;
        private final double rateLeft;
        private final Clock clock;
        private final long epochStarted = System.nanoTime();
        private long reported = epochStarted;
        private double loss;
        private int losses;

        Epoch(Replicas network, Phase phase, int epoch, int steps, double rateLeft, Clock clock) {
            this.network = network;
            this.phase = phase;
            this.epoch = epoch;
            this.steps = steps;
            this.rateLeft = rateLeft;
            this.clock = clock;
        }

        @Override
        public void take(int step, List<Shard> shards) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            if (step % RATE_STEPS == 0) {
                network.setLearningRate(phase.rate() * schedule.rate(donePhase(step), rateLeft));
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
}
