/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.registry.LogView;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingCancelled;
import io.sandpiper.schemas.TrainingCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/**
 * Jobs that nobody wants any more. The commands are read a second time for that: while a job runs, the listener takes no
 * other. Thread-safe.
 */
@Component
final class CancelledJobs implements InitializingBean, DisposableBean {

    private static final Duration READ_LIMIT = Duration.ofSeconds(10);

    private final LogView<Map<String, String>, TrainingCommand> log;
    private @Nullable Running running;

    CancelledJobs(KafkaProperties kafka) {
        this.log =
                new LogView<>(kafka.buildConsumerProperties(), Topics.TRAINING_COMMANDS, Map.of(), CancelledJobs::with);
        this.log.addListener(cancelled -> interruptRunning());
    }

    /** A job under way. */
    private static final class Running {

        private final String jobId;
        private final Thread thread = Thread.currentThread();
        private boolean interrupted;

        Running(String jobId) {
            this.jobId = jobId;
        }
    }

    /** On the job's thread, which is interrupted when the job is cancelled; at once, if that was before it began. */
    void watch(String jobId) throws InterruptedException {
        log.awaitCaughtUp(Instant.now(), READ_LIMIT);
        synchronized (this) {
            running = new Running(jobId);
        }
        interruptRunning();
    }

    /** From here on the thread has peace. */
    synchronized void unwatch() {
        if (running != null && running.interrupted) {
            var unused = Thread.interrupted();
        }
        running = null;
    }

    /** Whose wish it was; null when it is wanted. */
    @Nullable
    String by(String jobId) {
        return log.current().get(jobId);
    }

    @Override
    public void afterPropertiesSet() {
        log.start();
    }

    @Override
    public void destroy() {
        log.close();
    }

    private synchronized void interruptRunning() {
        Running job = running;
        if (job != null && !job.interrupted && by(job.jobId) != null) {
            job.interrupted = true;
            job.thread.interrupt();
        }
    }

    private static Map<String, String> with(Map<String, String> cancelled, TrainingCommand command) {
        if (!(command instanceof TrainingCancelled one) || cancelled.containsKey(one.jobId())) {
            return cancelled;
        }
        Map<String, String> next = new HashMap<>(cancelled);
        next.put(one.jobId(), one.by());
        return next;
    }
}
