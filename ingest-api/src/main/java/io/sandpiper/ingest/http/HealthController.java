/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import java.lang.management.ManagementFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** 503 until the API can do its work. */
@RestController
final class HealthController {

    private final Readiness readiness;

    HealthController(Readiness readiness) {
        this.readiness = readiness;
    }

    record Health(String status, boolean registryRead, boolean resultsReady, long uptimeSeconds) {}

    @GetMapping("/v1/health")
    ResponseEntity<Health> health() {
        HttpStatus status = readiness.status();
        Health health = new Health(
                status.is2xxSuccessful() ? "UP" : "STARTING",
                readiness.isRegistryRead(),
                readiness.areResultsReady(),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        return ResponseEntity.status(status).body(health);
    }
}
