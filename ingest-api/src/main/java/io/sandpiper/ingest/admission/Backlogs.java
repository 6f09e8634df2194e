/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import io.sandpiper.schemas.Lane;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What waits in each lane. Any thread may ask. */
@Component
final class Backlogs {

    private final Map<String, Backlog> byLane = new ConcurrentHashMap<>();

    Backlog of(Lane lane) {
        return byLane.computeIfAbsent(lane.name(), name -> new Backlog());
    }
}
