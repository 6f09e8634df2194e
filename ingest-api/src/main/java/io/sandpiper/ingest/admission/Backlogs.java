/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandpiper.schemas.Lane;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What waits in each lane. Any thread may ask. */
@Component
final class Backlogs {

    private final Map<String, Backlog> byLane = new ConcurrentHashMap<>();
    private final MeterRegistry meters;

    Backlogs(MeterRegistry meters) {
        this.meters = meters;
    }

    Backlog of(Lane lane) {
        return byLane.computeIfAbsent(lane.name(), this::metered);
    }

    private Backlog metered(String lane) {
        Backlog backlog = new Backlog();
        Gauge.builder("sandpiper.ingest.backlog", backlog, Backlog::waiting)
                .description("pictures that no worker has answered yet")
                .baseUnit("images")
                .tag("lane", lane)
                .register(meters);
        return backlog;
    }
}
