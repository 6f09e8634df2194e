/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Counts pictures that Kafka has acknowledged. Any thread. */
@Component
final class PublishMeters {

    private final MeterRegistry meters;
    private final Map<String, Counter> byTopic = new ConcurrentHashMap<>();

    PublishMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param topic of a lane */
    void published(String topic, int pictures) {
        byTopic.computeIfAbsent(topic, this::counter).increment(pictures);
    }

    private Counter counter(String topic) {
        return Counter.builder("sandpiper.ingest.published")
                .description("pictures that Kafka has acknowledged")
                .baseUnit("images")
                .tag("topic", topic)
                .register(meters);
    }
}
