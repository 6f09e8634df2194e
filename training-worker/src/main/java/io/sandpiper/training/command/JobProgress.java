/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.TrainingCommand;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.schemas.TrainingProgressed.Checkpoint;
import io.sandpiper.schemas.TrainingProgressed.Phase;
import io.sandpiper.training.checkpoint.Checkpoints;
import io.sandpiper.training.checkpoint.SavedJob;
import io.sandpiper.training.fit.FitState;
import io.sandpiper.training.fit.Fitter;
import io.sandpiper.training.fit.Validation;
import io.sandpiper.training.publish.JobLog;
import io.sandpiper.training.publish.SupersededException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a job does into {@link TrainingProgressed} events. Belongs to the job's thread. */
final class JobProgress {

    private static final long LOADING_EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(JobProgress.class);

    private final TrainingCommand command;
    private final int epochs;
    private final JobLog log;
    private final BooleanSupplier unwanted;
    private final TrainingCurve curve = new TrainingCurve();
    private long loadingReported;
    private @Nullable Double accuracy;
    private @Nullable Checkpoint checkpoint;
    private int attempt;

    /** As told last, to be told once more at the end of an epoch. */
    private int steps;

    private @Nullable Double loss;
    private double imagesPerSecond;
    private @Nullable Long etaMillis;

    /**
     * @param epochs 0: the job has none
     * @param checkpoint that the job goes on from; null: it begins
     * @param unwanted whether the job is to stop
     */
    JobProgress(
            TrainingCommand command,
            int epochs,
            @Nullable Checkpoint checkpoint,
            int attempt,
            JobLog log,
            BooleanSupplier unwanted) {
        this.command = command;
        this.epochs = epochs;
        this.checkpoint = checkpoint;
        this.attempt = attempt;
        this.log = log;
        this.unwanted = unwanted;
    }

    void loading(int images) {
        long now = System.nanoTime();
        if (images == 0 || now - loadingReported > LOADING_EVERY_NANOS) {
            loadingReported = now;
            publish(Phase.LOADING, 0, images, 0, null, 0, null);
        }
    }

    void checking(int images) {
        requireWanted();
        publish(Phase.CHECKING, 0, images, 0, null, 0, null);
    }

    /** @param fitted epochs: fewer than were planned, where fitting ended early */
    void evaluating(int fitted) {
        publish(Phase.EVALUATING, fitted, 0, 0, null, 0, null);
    }

    void publishing(int fitted) {
        publish(Phase.PUBLISHING, fitted, 0, 0, null, 0, null);
    }

    /** @param plan what checkpoints say of the job */
    Fitter.Progress whileFitting(SavedJob.Plan plan, Checkpoints checkpoints) {
        return new Fitter.Progress() {
            @Override
            public void onStep(int epoch, int step, int steps, double loss, double imagesPerSecond, Duration eta) {
                requireWanted();
                remember(steps, loss, imagesPerSecond, eta);
                curve.add(step, loss);
                publish(Phase.FITTING, epoch, step, steps, loss, imagesPerSecond, eta.toMillis());
            }

            @Override
            public void onEpoch(int epoch, @Nullable Validation validation, Supplier<FitState> state) {
                accuracy = validation == null ? null : validation.accuracy();
                curve.end(epoch, validation);
                keep(new SavedJob(plan, state.get()), checkpoints);
            }
        };
    }

    /** Those of this process: what another worker fitted before is not known. */
    List<EvaluationReport.Epoch> epochs() {
        return curve.epochs();
    }

    private void remember(int newSteps, double newLoss, double newRate, Duration eta) {
        steps = newSteps;
        loss = newLoss;
        imagesPerSecond = newRate;
        etaMillis = eta.toMillis();
    }

    /** Its thread was interrupted, too; but whoever is asked at that moment may make something else of it. */
    private void requireWanted() {
        if (unwanted.getAsBoolean()) {
            throw new CancellationException();
        }
    }

    /** One that cannot be kept costs an epoch at worst, and only if the worker dies as well. */
    private void keep(SavedJob job, Checkpoints checkpoints) {
        int epoch = job.state().epoch();
        try {
            checkpoints.keep(command.jobId(), job, written -> {
                checkpoint = written;
                attempt = 1;
                return publish(Phase.FITTING, epoch, steps, steps, loss, imagesPerSecond, etaMillis);
            });
        } catch (SupersededException e) {
            throw e;
        } catch (RuntimeException e) {
            requireWanted();
            LOG.warn("The checkpoint of job {} after epoch {} is not kept: {}", command.jobId(), epoch, e.toString());
        }
    }

    /** @return whether it is told */
    private boolean publish(
            Phase phase, int epoch, int step, int steps, @Nullable Double loss, double rate, @Nullable Long etaMillis) {
        TrainingProgressed progressed = new TrainingProgressed(
                command.jobId(),
                command.model(),
                phase,
                epoch,
                epochs,
                step,
                steps,
                loss,
                accuracy,
                rate,
                etaMillis,
                checkpoint,
                attempt,
                Instant.now());
        try {
            log.publish(progressed);
            return true;
        } catch (SupersededException e) {
            throw e;
        } catch (KafkaException e) {
            // News that does not get through is no reason to give up hours of work.
            LOG.warn("Progress of job {} could not be published: {}", command.jobId(), e.toString());
            return false;
        }
    }
}
