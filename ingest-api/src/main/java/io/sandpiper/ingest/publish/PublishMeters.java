/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts pictures that Kafka has acknowledged. Any thread. */
@Component
final class PublishMeters {

    private final MeterRegistry meters;

    PublishMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param topic of a lane */
    void published(String topic, int pictures) {
        Counter.builder("sandpiper.ingest.published")
                .description("pictures that Kafka has acknowledged")
                .baseUnit("images")
                .tag("topic", topic)
                .register(meters)
                .increment(pictures);
    }
}
