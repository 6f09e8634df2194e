/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.schemas.ModelImportRequested;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.TrainingCommand;
import io.sandpiper.schemas.TrainingCompleted;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingFailed;
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.training.dataset.UnusableDatasetException;
import io.sandpiper.training.fit.pretrained.UnusableWeightsException;
import io.sandpiper.training.fit.recipe.UnknownRecipeException;
import io.sandpiper.training.publish.EventPublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** From a command to a version, or to a reason why there is none. Runs on the calling thread, for as long as it takes. */
@Component
final class JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private static final Duration TELL_AGAIN = Duration.ofSeconds(5);

    private final TrainingJob training;
    private final ImportJob importing;
    private final EventPublisher events;
    private volatile boolean stopping;

    JobRunner(TrainingJob training, ImportJob importing, EventPublisher events) {
        this.training = training;
        this.importing = importing;
        this.events = events;
    }

    /** From any thread: the running job, if there is one, is left for the next worker. */
    void stop() {
        stopping = true;
    }

    /** @return false when the worker is stopping, and the job should be run again by the next */
    boolean run(TrainingCommand command) {
        TrainingEvent ending;
        try {
            ending = complete(command);
        } catch (UnusableDatasetException e) {
            ending = failed(command, "unusable-dataset", String.valueOf(e.getMessage()));
        } catch (UnusableWeightsException e) {
            ending = failed(command, "unusable-weights", String.valueOf(e.getMessage()));
        } catch (UnknownRecipeException e) {
            ending = failed(command, "unknown-recipe", String.valueOf(e.getMessage()));
        } catch (InvalidArchiveException e) {
            ending = failed(command, "unusable-network", "The network cannot serve: " + e.getMessage());
        } catch (InterruptedException | RuntimeException | OutOfMemoryError | LinkageError e) {
            // Being interrupted looks like many things: Kafka's, the store's and our own exceptions.
            if (stopping) {
                LOG.info("Job {} is interrupted", command.jobId());
                return false;
            }
            LOG.error("Job {} failed", command.jobId(), e);
            ending = failed(command, "internal-error", e.toString());
        }
        return tell(ending);
    }

    private TrainingCompleted complete(TrainingCommand command)
            throws UnusableDatasetException, UnknownRecipeException, UnusableWeightsException, InvalidArchiveException,
                    InterruptedException {
        if (command instanceof ModelImportRequested requested) {
            return importing.run(requested);
        }
        return training.run((TrainingRequested) command);
    }

    /** Until it is told: a job whose end nobody knows would be waited for. */
    private boolean tell(TrainingEvent ending) {
        while (!stopping) {
            try {
                events.publish(ending);
                return true;
            } catch (RuntimeException e) {
                LOG.error(
                        "The end of job {} could not be published, trying again in {}", ending.jobId(), TELL_AGAIN, e);
                LockSupport.parkNanos(TELL_AGAIN.toNanos());
            }
        }
        return false;
    }

    private static TrainingFailed failed(TrainingCommand command, String code, String detail) {
        return new TrainingFailed(command.jobId(), command.model(), new Reason(code, detail), Instant.now());
    }
}
