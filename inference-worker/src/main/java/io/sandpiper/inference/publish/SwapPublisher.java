/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.publish;

import io.sandpiper.schemas.ModelSwapped;
import io.sandpiper.schemas.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Tells everybody which version this worker serves, and since where. */
@Component
public final class SwapPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(SwapPublisher.class);
    private static final String SOURCE = "/inference-worker";

    private final KafkaTemplate<byte[], byte[]> kafka;

    SwapPublisher(KafkaTemplate<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    /** In a transaction of its own. What cannot be told is logged: the version serves all the same. */
    public void publish(ModelSwapped swap) {
        try {
            kafka.executeInTransaction(
                    operations -> operations.send(Topics.WORKER_EVENTS.record(swap.worker(), swap, SOURCE)));
        } catch (RuntimeException e) {
            LOG.warn("That {} {} serves could not be told: {}", swap.model(), swap.version(), e.toString());
        }
    }
}
