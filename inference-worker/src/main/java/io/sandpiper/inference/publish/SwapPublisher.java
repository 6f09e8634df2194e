/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.publish;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.sandpiper.schemas.ModelSwapped;
import io.sandpiper.schemas.Topics;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Tells everybody which version this worker serves, and since where. Belongs to the thread that opens models. */
@Component
public final class SwapPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(SwapPublisher.class);
    private static final String SOURCE = "/inference-worker";

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final Map<String, ModelSwapped> serving = new TreeMap<>();
    private final MultiGauge versions = MultiGauge.builder("sandpiper.worker.serving")
            .description("1 for each version that serves")
            .register(Metrics.globalRegistry);

    SwapPublisher(KafkaTemplate<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    /** In a transaction of its own. What cannot be told is logged: the version serves all the same. */
    public void publish(ModelSwapped swap) {
        serving.put(swap.model(), swap);
        versions.register(serving.values().stream()
                .map(s -> MultiGauge.Row.of(
                        Tags.of("model", s.model(), "version", s.version(), "worker", s.worker()), () -> 1))
                .toList());
        try {
            kafka.executeInTransaction(
                    operations -> operations.send(Topics.WORKER_EVENTS.record(swap.worker(), swap, SOURCE)));
        } catch (RuntimeException e) {
            LOG.warn("That {} {} serves could not be told: {}", swap.model(), swap.version(), e.toString());
        }
    }
}
