/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.publish;

import io.sandpiper.inference.InferenceProperties;
import io.sandpiper.schemas.ModelRefused;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.Topics;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Tells everybody which version this worker will not serve, and why. */
@Component
public final class RefusalPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalPublisher.class);
    private static final String SOURCE = "/inference-worker";

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final String worker;

    RefusalPublisher(KafkaTemplate<byte[], byte[]> kafka, InferenceProperties properties) {
        this.kafka = kafka;
        this.worker = properties.workerId();
    }

    /** In a transaction of its own. What cannot be told is logged: the refusal holds all the same. */
    public void publish(ModelVersion version, String detail) {
        ModelRefused refused = new ModelRefused(version, worker, new Reason("invalid-archive", detail), Instant.now());
        try {
            kafka.executeInTransaction(
                    operations -> operations.send(Topics.MODEL_EVENTS.record(refused.key(), refused, SOURCE)));
        } catch (RuntimeException e) {
            LOG.warn("That {} is refused could not be told: {}", version.manifestKey(), e.toString());
        }
    }
}
