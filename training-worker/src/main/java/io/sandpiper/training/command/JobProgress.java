/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.schemas.TrainingProgressed.Phase;
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.evaluate.Evaluator;
import io.sandpiper.training.fit.Fitter;
import io.sandpiper.training.publish.EventPublisher;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a job does into {@link TrainingProgressed} events. Belongs to the job's thread. */
final class JobProgress {

    private static final long LOADING_EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(JobProgress.class);

    private final TrainingRequested command;
    private final int epochs;
    private final EventPublisher events;
    private long loadingReported;
    private @Nullable Double accuracy;

    JobProgress(TrainingRequested command, int epochs, EventPublisher events) {
        this.command = command;
        this.epochs = epochs;
        this.events = events;
    }

    void loading(int images) {
        long now = System.nanoTime();
        if (images == 0 || now - loadingReported > LOADING_EVERY_NANOS) {
            loadingReported = now;
            publish(Phase.LOADING, 0, images, 0, null, 0, null);
        }
    }

    void evaluating() {
        publish(Phase.EVALUATING, epochs, 0, 0, null, 0, null);
    }

    void publishing() {
        publish(Phase.PUBLISHING, epochs, 0, 0, null, 0, null);
    }

    Fitter.Progress whileFitting(Dataset dataset) {
        return new Fitter.Progress() {
            @Override
            public void onStep(int epoch, int step, int steps, double loss, double imagesPerSecond, Duration eta) {
                publish(Phase.FITTING, epoch, step, steps, loss, imagesPerSecond, eta.toMillis());
            }

            @Override
            public void onEpoch(int epoch, Classifier classifier) {
                accuracy = Evaluator.evaluate(command.model(), classifier, dataset.test(), 0)
                        .accuracy();
            }
        };
    }

    private void publish(
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
                Instant.now());
        try {
            events.publish(progressed);
        } catch (RuntimeException e) {
            // News that does not get through is no reason to give up hours of work.
            LOG.warn("Progress of job {} could not be published: {}", command.jobId(), e.toString());
        }
    }
}
