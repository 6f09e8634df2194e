/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.publish;

import io.micrometer.tracing.Span;
import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.ModelEvent;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.schemas.TriggerFired;
import io.sandpiper.service.trace.RecordTraces;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Tells what is not part of a job, and waits until the brokers have it. Bounded by the producer's delivery timeout. */
@Component
public final class EventPublisher {

    private static final String SOURCE = "/training-worker";

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final RecordTraces traces;

    EventPublisher(KafkaTemplate<byte[], byte[]> kafka, RecordTraces traces) {
        this.kafka = kafka;
        this.traces = traces;
    }

    public void publish(ModelEvent event) {
        send(Topics.MODEL_EVENTS.record(event.key(), event, SOURCE));
    }

    public void publish(DriftMeasured measured) {
        send(Topics.DRIFT.record(measured.key(), measured, SOURCE));
    }

    public void publish(TriggerFired fired) {
        send(Topics.TRIGGERS.record(fired.model(), fired, SOURCE));
    }

    public void publish(TrainingRequested command) {
        send(Topics.TRAINING_COMMANDS.record(command.model(), command, SOURCE));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        Span sending = traces.sending(record, null);
        try {
            kafka.send(record).join();
        } catch (CompletionException e) {
            sending.error(e);
            throw new IllegalStateException("cannot publish to " + record.topic(), e.getCause());
        } finally {
            sending.end();
        }
    }
}
