/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.registry.LogView;
import io.sandpiper.schemas.EvaluationRequested;
import io.sandpiper.schemas.ModelImportRequested;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.TrainingCommand;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingFailed;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.dataset.UnusableDatasetException;
import io.sandpiper.training.fit.pretrained.UnusableWeightsException;
import io.sandpiper.training.fit.recipe.UnknownRecipeException;
import io.sandpiper.training.publish.JobLog;
import io.sandpiper.training.publish.JobLogs;
import io.sandpiper.training.publish.SupersededException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** From a command to a version or a report, or to a reason why there is none. Runs on the calling thread, for as long as it takes. */
@Component
final class JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
    private static final int TRIES = 60;
    private static final Duration READ_LIMIT = Duration.ofSeconds(10);

    private final TrainingJob training;
    private final ImportJob importing;
    private final EvaluationJob evaluation;
    private final JobLogs logs;
    private final LogView<Map<String, TrainingEvent>, TrainingEvent> told;
    private final CancelledJobs cancelled;
    private final int attempts;
    private volatile boolean stopping;

    JobRunner(
            TrainingProperties properties,
            TrainingJob training,
            ImportJob importing,
            EvaluationJob evaluation,
            JobLogs logs,
            LogView<Map<String, TrainingEvent>, TrainingEvent> jobEvents,
            CancelledJobs cancelled) {
        this.attempts = properties.attempts();
        this.training = training;
        this.importing = importing;
        this.evaluation = evaluation;
        this.logs = logs;
        this.told = jobEvents;
        this.cancelled = cancelled;
    }

    /** From any thread: the running job, if there is one, is left for the next worker. */
    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /**
     * Goes on where an earlier worker left the job; one that has ended already is not run again.
     *
     * @return false when the command is to be taken up again: the worker is stopping, another one has the job, or Kafka
     *     is in trouble
     */
    boolean run(TrainingCommand command) {
        try (JobLog log = logs.open(command.jobId())) {
            // In this order: what an earlier worker said is complete once it can say no more.
            if (!told.awaitCaughtUp(Instant.now(), READ_LIMIT)) {
                LOG.warn("What was told of job {} could not be read within {}", command.jobId(), READ_LIMIT);
                return false;
            }
            TrainingEvent last = told.current().get(command.jobId());
            if (last != null && !(last instanceof TrainingProgressed)) {
                LOG.info("Job {} has ended already", command.jobId());
                return true;
            }
            return take(command, (TrainingProgressed) last, log);
        } catch (SupersededException e) {
            LOG.warn("Job {} is left: another worker has taken it up", command.jobId());
            return false;
        } catch (KafkaException e) {
            LOG.warn("Job {} is not run now: {}", command.jobId(), e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What takes its worker down with it would take down one after the other: its count is told before it begins. */
    private boolean take(TrainingCommand command, @Nullable TrainingProgressed last, JobLog log) {
        TrainingProgressed taken = (last == null ? TrainingProgressed.queued(command) : last).takenUp();
        if (taken.attempt() > attempts) {
            return fail(
                    command,
                    "killed-its-worker",
                    "Given up: %d training workers ended without getting through an epoch. Their logs may say why; smaller batches or pictures take less memory."
                            .formatted(attempts),
                    log);
        }
        log.publish(taken);
        return run(command, taken, log);
    }

    private boolean run(TrainingCommand command, TrainingProgressed taken, JobLog log) {
        try {
            JobResult result = complete(command, taken, log);
            boolean ended = tell(() -> log.publish(result.versions(), result.ending()), command.jobId());
            if (ended) {
                tidyUp(result);
            }
            return ended;
        } catch (SupersededException e) {
            throw e;
        } catch (UnusableDatasetException e) {
            return fail(command, "unusable-dataset", String.valueOf(e.getMessage()), log);
        } catch (UnusableWeightsException e) {
            return fail(command, "unusable-weights", String.valueOf(e.getMessage()), log);
        } catch (UnknownRecipeException e) {
            return fail(command, "unknown-recipe", String.valueOf(e.getMessage()), log);
        } catch (InvalidArchiveException e) {
            return fail(command, "unusable-network", "The network cannot serve: " + e.getMessage(), log);
        } catch (InterruptedException | RuntimeException | OutOfMemoryError | LinkageError e) {
            // Being interrupted looks like many things: Kafka's, the store's and our own exceptions.
            if (stopping) {
                leave(command, log);
                return false;
            }
            String by = cancelled.by(command.jobId());
            if (by != null) {
                return fail(command, "cancelled", "Cancelled by %s.".formatted(by), log);
            }
            LOG.error("Job {} failed", command.jobId(), e);
            Reason shortage = Shortage.of(e);
            return shortage == null
                    ? fail(command, "internal-error", e.toString(), log)
                    : fail(command, shortage.code(), shortage.detail(), log);
        }
    }

    /** Its thread was interrupted to stop it, and has this to say before it ends. */
    private static void leave(TrainingCommand command, JobLog log) {
        var unused = Thread.interrupted();
        log.leave();
        LOG.info("Job {} is left for the next worker", command.jobId());
    }

    private JobResult complete(TrainingCommand command, TrainingProgressed taken, JobLog log)
            throws UnusableDatasetException, UnknownRecipeException, UnusableWeightsException, InvalidArchiveException,
                    InterruptedException {
        cancelled.watch(command.jobId());
        try {
            return make(command, taken, log);
        } finally {
            cancelled.unwatch();
        }
    }

    private JobResult make(TrainingCommand command, TrainingProgressed taken, JobLog log)
            throws UnusableDatasetException, UnknownRecipeException, UnusableWeightsException, InvalidArchiveException,
                    InterruptedException {
        if (command instanceof ModelImportRequested requested) {
            return importing.run(requested);
        }
        BooleanSupplier unwanted = () -> stopping || cancelled.by(command.jobId()) != null;
        return command instanceof EvaluationRequested requested
                ? evaluation.run(requested, taken, log, unwanted)
                : training.run((TrainingRequested) command, taken, log, unwanted);
    }

    /** The job has ended, whatever becomes of what it leaves behind. */
    private static void tidyUp(JobResult result) {
        try {
            result.tidyUp().run();
        } catch (RuntimeException e) {
            LOG.warn("What job {} needed is not deleted: {}", result.ending().jobId(), e.toString());
        }
    }

    private boolean fail(TrainingCommand command, String code, String detail, JobLog log) {
        TrainingFailed failed =
                new TrainingFailed(command.jobId(), command.model(), new Reason(code, detail), Instant.now());
        return tell(() -> log.publish(failed), command.jobId());
    }

    /**
     * Until it is told: a job whose end nobody knows would be waited for. After minutes the log itself may be broken; the
     * job is taken up again then, with another one.
     */
    private boolean tell(Runnable ending, String jobId) {
        for (int tries = 0; tries < TRIES && !stopping; tries++) {
            try {
                ending.run();
                return true;
            } catch (SupersededException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.error("The end of job {} could not be published, trying again in {}", jobId, TRY_AGAIN, e);
                LockSupport.parkNanos(TRY_AGAIN.toNanos());
            }
        }
        return false;
    }
}
