/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingFailed;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.schemas.TrainingProgressed.Checkpoint;
import io.sandpiper.schemas.TrainingProgressed.Phase;
import io.sandpiper.service.trace.RecordTraces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobLogTest {

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final JobLog log = new JobLog(
            "job", kafka, new RecordTraces(Tracer.NOOP, Propagator.NOOP), new JobMeters(new SimpleMeterRegistry()));

    @BeforeEach
    void open() {
        kafka.initTransactions();
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void jobThatIsLeft_waits_withTheCheckpointThatWasToldLast() {
        log.publish(progressed(1));
        log.publish(progressed(2));
        log.leave();

        assertThat(told()).last().isInstanceOfSatisfying(TrainingProgressed.class, left -> {
            assertThat(left.phase()).isEqualTo(Phase.QUEUED);
            assertThat(left.attempt()).isZero();
            assertThat(left.checkpoint()).isEqualTo(progressed(2).checkpoint());
        });
    }

    /** The worker is stopped while Kafka takes the news of a checkpoint: what the next one reads last must name that one. */
    @Test
    void checkpointThatIsBeingTold_whenTheJobIsLeft_isNotForgotten() {
        log.publish(progressed(1));
        kafka.commitTransactionException = new InterruptException("stopped");
        assertThatThrownBy(() -> log.publish(progressed(2))).isInstanceOf(InterruptException.class);
        kafka.commitTransactionException = null;
        assertThat(Thread.interrupted()).isTrue();

        log.leave();

        assertThat(told())
                .extracting(event -> ((TrainingProgressed) event).checkpoint())
                .containsExactly(
                        progressed(1).checkpoint(),
                        progressed(2).checkpoint(),
                        progressed(2).checkpoint());
    }

    @Test
    void jobThatHasEnded_isNotLeft() {
        log.publish(progressed(1));
        log.publish(new TrainingFailed("job", "mnist", new Reason("cancelled", "Cancelled."), Instant.EPOCH));
        log.leave();

        assertThat(told()).hasSize(2).last().isInstanceOf(TrainingFailed.class);
    }

    @Test
    void jobThatAnotherWorkerHas_isNotLeftInItsName() {
        log.publish(progressed(1));
        kafka.commitTransactionException = new ProducerFencedException("another one");

        assertThatThrownBy(log::leave).isInstanceOf(SupersededException.class);
    }

    private List<TrainingEvent> told() {
        return kafka.history().stream().map(JobLogTest::event).toList();
    }

    private static TrainingEvent event(ProducerRecord<byte[], byte[]> sent) {
        return Topics.TRAINING_EVENTS.value(new ConsumerRecord<>(
                sent.topic(),
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                sent.key().length,
                sent.value().length,
                sent.key(),
                sent.value(),
                new RecordHeaders(sent.headers().toArray()),
                Optional.empty()));
    }

    private static TrainingProgressed progressed(int epoch) {
        return new TrainingProgressed(
                "job",
                "mnist",
                Phase.FITTING,
                epoch,
                9,
                7,
                7,
                0.5,
                null,
                100,
                1_000L,
                new Checkpoint(epoch, "key-" + epoch, "a".repeat(64)),
                1,
                Instant.EPOCH);
    }
}
