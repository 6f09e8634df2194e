/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.result.Results;
import io.sandpiper.registry.ModelRegistryReader;
import java.lang.management.ManagementFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the API can do its work: 503 until it can. */
@RestController
final class HealthController {

    private final ModelRegistryReader registry;
    private final Results results;

    HealthController(ModelRegistryReader ingestModelRegistry, Results results) {
        this.registry = ingestModelRegistry;
        this.results = results;
    }

    record Health(String status, boolean registryRead, boolean resultsReady, long uptimeSeconds) {}

    @GetMapping("/v1/health")
    ResponseEntity<Health> health() {
        boolean ready = registry.isCaughtUp() && results.isReady();
        Health health = new Health(
                ready ? "UP" : "STARTING",
                registry.isCaughtUp(),
                results.isReady(),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        return ResponseEntity.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(health);
    }
}
