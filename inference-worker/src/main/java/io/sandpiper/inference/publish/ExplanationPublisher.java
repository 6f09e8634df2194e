/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.publish;

import io.sandpiper.schemas.ExplanationCompleted;
import io.sandpiper.schemas.Topics;
import io.sandpiper.service.trace.RecordTraces;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Tells the API which heat maps there are. */
@Component
public final class ExplanationPublisher {

    private static final String SOURCE = "/inference-worker";

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final RecordTraces traces;

    ExplanationPublisher(KafkaTemplate<byte[], byte[]> kafka, RecordTraces traces) {
        this.kafka = kafka;
        this.traces = traces;
    }

    /** In a transaction of its own, which is committed on return; caused by what this thread works for. */
    public void publish(ExplanationCompleted explanation) {
        ProducerRecord<byte[], byte[]> record =
                Topics.EXPLANATIONS.record(explanation.explanationId(), explanation, SOURCE);
        traces.carry(record);
        kafka.executeInTransaction(operations -> operations.send(record));
    }
}
