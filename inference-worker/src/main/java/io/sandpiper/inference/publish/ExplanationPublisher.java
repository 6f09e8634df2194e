/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.publish;

import io.sandpiper.schemas.ExplanationCompleted;
import io.sandpiper.schemas.Topics;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Tells the API which heat maps there are. */
@Component
public final class ExplanationPublisher {

    private static final String SOURCE = "/inference-worker";

    private final KafkaTemplate<byte[], byte[]> kafka;

    ExplanationPublisher(KafkaTemplate<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    /** In a transaction of its own, which is committed on return. */
    public void publish(ExplanationCompleted explanation) {
        kafka.executeInTransaction(operations ->
                operations.send(Topics.EXPLANATIONS.record(explanation.explanationId(), explanation, SOURCE)));
    }
}
