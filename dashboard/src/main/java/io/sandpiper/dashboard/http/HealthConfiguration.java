/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.http;

import io.sandpiper.dashboard.stream.LiveStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What readiness on the management port looks at. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

    @Bean
    HealthIndicator dashboardHealthIndicator(LiveStreams streams) {
        return () -> health(streams.isRunning());
    }

    private static Health health(boolean isUp) {
        return (isUp ? Health.up() : Health.down()).build();
    }
}
