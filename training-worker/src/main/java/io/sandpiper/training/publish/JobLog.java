/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.publish;

import io.sandpiper.schemas.ModelEvent;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.service.trace.RecordTraces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * All that a job says, of itself and of the version that it makes. It is the job's lease, too: Kafka counts the epochs of
 * its transactional id, and refuses whoever comes with an old one. So of two workers at one job only the later is heard.
 * Belongs to the job's thread.
 */
public final class JobLog implements AutoCloseable {

    static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private static final String SOURCE = "/training-worker";

    private final String jobId;
    private final Producer<byte[], byte[]> producer;
    private final RecordTraces traces;
    private final JobMeters meters;
    /** The last that was told, and what is being told. */
    private @Nullable TrainingEvent told;

    private @Nullable TrainingEvent telling;

    /** What the last transaction was left in when Kafka did not answer. */
    private Left left = Left.NOTHING;

    private enum Left {
        NOTHING,
        OPEN,
        COMMITTING
    }

    JobLog(String jobId, Producer<byte[], byte[]> producer, RecordTraces traces, JobMeters meters) {
        this.jobId = jobId;
        this.producer = producer;
        this.traces = traces;
        this.meters = meters;
    }

    /**
     * How the job gets on, or that it has ended without a version.
     *
     * @throws SupersededException when another worker has the job
     * @throws KafkaException when Kafka is in trouble; may be said again
     */
    public void publish(TrainingEvent event) {
        publish(List.of(), event);
    }

    /**
     * The job is left for the next worker, and that is told; nothing is, where it has ended. What was being told before comes
     * first: it may name a checkpoint. Throws as {@link #publish}.
     */
    public void leave() {
        try {
            tidyUp();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new SupersededException(jobId, e);
        }
        if (told instanceof TrainingProgressed progressed) {
            publish(progressed.left());
        }
    }

    /** The end of a job, together with the version it made: both are there, or neither. Throws as {@link #publish}. */
    public void publish(List<ModelEvent> versions, TrainingEvent ending) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        versions.forEach(event -> records.add(Topics.MODEL_EVENTS.record(event.key(), event, SOURCE)));
        records.add(Topics.TRAINING_EVENTS.record(ending.jobId(), ending, SOURCE));
        records.forEach(traces::carry);
        try {
            tidyUp();
            producer.beginTransaction();
            left = Left.OPEN;
            for (ProducerRecord<byte[], byte[]> record : records) {
                // Nobody waits for the one record: the commit waits for all of them, and fails if one did.
                var unused = producer.send(record);
            }
            telling = ending;
            commit();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new SupersededException(jobId, e);
        }
    }

    private void tidyUp() {
        if (left == Left.COMMITTING) {
            commit();
        } else if (left == Left.OPEN) {
            producer.abortTransaction();
            left = Left.NOTHING;
        }
    }

    /** One that took too long goes on, and has to be waited for again. */
    private void commit() {
        try {
            producer.commitTransaction();
            left = Left.NOTHING;
            told = telling;
            if (told != null) {
                meters.told(told);
            }
        } catch (TimeoutException | InterruptException e) {
            left = Left.COMMITTING;
            throw e;
        }
    }

    @Override
    public void close() {
        meters.idle();
        producer.close(CLOSE_LIMIT);
    }
}
