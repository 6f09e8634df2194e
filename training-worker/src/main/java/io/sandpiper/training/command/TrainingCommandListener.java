/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.micrometer.tracing.Span;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingCancelled;
import io.sandpiper.schemas.TrainingCommand;
import io.sandpiper.service.ServiceReadiness;
import io.sandpiper.service.trace.RecordTraces;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.stereotype.Component;

/**
 * Takes one command at a time and runs it on a thread of its own. Meanwhile the container is paused but goes on
 * polling, so a job of hours costs no rebalance. The offset is committed when the job has ended, in whatever way: a
 * worker that dies leaves its command for the next.
 */
@Component
final class TrainingCommandListener implements DisposableBean, ServiceReadiness {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingCommandListener.class);
    private static final String LISTENER = "training-commands";
    private static final Duration TAKE_UP_AGAIN = Duration.ofSeconds(2);
    /** A job stops between two steps. */
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(5);

    private final JobRunner jobs;
    private final RecordTraces traces;
    private final KafkaListenerEndpointRegistry containers;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "training-job"));

    TrainingCommandListener(JobRunner jobs, RecordTraces traces, KafkaListenerEndpointRegistry containers) {
        this.jobs = jobs;
        this.traces = traces;
        this.containers = containers;
    }

    /**
     * The classic protocol: Kafka 4.2's new consumer never waits in its poll while what it has fetched is paused. A worker
     * that was killed is missed after 10 s, not 45.
     */
    @KafkaListener(
            id = LISTENER,
            groupId = "training-worker",
            topics = "training-commands",
            properties = {"group.protocol=classic", "session.timeout.ms=10000"})
    void on(ConsumerRecord<byte[], byte[]> record, Acknowledgment acknowledgment) {
        TrainingCommand command;
        try {
            command = Topics.TRAINING_COMMANDS.value(record);
        } catch (MalformedMessageException e) {
            LOG.error("The training command at offset {} is skipped: {}", record.offset(), e.getMessage());
            acknowledgment.acknowledge();
            return;
        }
        if (command instanceof TrainingCancelled) {
            // CancelledJobs has read it long ago.
            acknowledgment.acknowledge();
            return;
        }
        container().pause();
        try {
            thread.execute(() -> run(command, record, acknowledgment));
        } catch (RejectedExecutionException e) {
            LOG.info("Stopping; job {} is left for the next worker", command.jobId());
        }
    }

    private void run(TrainingCommand command, ConsumerRecord<byte[], byte[]> record, Acknowledgment acknowledgment) {
        if (traced(command, record)) {
            acknowledgment.acknowledge();
            container().resume();
        } else if (!jobs.isStopping()) {
            takeUpAgain();
        }
    }

    /** All that is told of the job while it runs belongs to the trace of its command. */
    private boolean traced(TrainingCommand command, ConsumerRecord<byte[], byte[]> record) {
        Span work = traces.working(record, Instant.now())
                .tag("messaging.message.id", command.jobId())
                .tag("sandpiper.model", command.model());
        return traces.during(work, () -> jobs.run(command));
    }

    /** A new member of the group reads on from what is committed: from that command, if nobody else has it by then. */
    private void takeUpAgain() {
        container().stop();
        container().resume();
        LockSupport.parkNanos(TAKE_UP_AGAIN.toNanos());
        if (!jobs.isStopping()) {
            container().start();
        }
    }

    /** Commands are taken. */
    @Override
    public boolean isReady() {
        return container().isRunning();
    }

    private MessageListenerContainer container() {
        var container = containers.getListenerContainer(LISTENER);
        if (container == null) {
            throw new IllegalStateException("there is no listener " + LISTENER);
        }
        return container;
    }

    /** Interrupts a running job, and gives it time to say that it is left. */
    @Override
    public void destroy() throws InterruptedException {
        jobs.stop();
        thread.shutdownNow();
        if (!thread.awaitTermination(LEAVE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn(
                    "The job under way has not stopped within {}; to the next worker it looks as if this one was killed",
                    LEAVE_LIMIT);
        }
    }
}
