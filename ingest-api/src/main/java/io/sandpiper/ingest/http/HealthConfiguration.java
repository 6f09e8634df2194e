/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.registry.Brokers;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What readiness on the management port looks at. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

    private static final Duration BROKER_LIMIT = Duration.ofSeconds(2);

    @Bean(destroyMethod = "close")
    Brokers brokers(KafkaProperties kafka) {
        return new Brokers(kafka.buildAdminProperties());
    }

    @Bean
    HealthIndicator kafkaHealthIndicator(Brokers brokers) {
        return () -> health(brokers.answer(BROKER_LIMIT));
    }

    /** Models are known, and answers can be looked up. */
    @Bean
    HealthIndicator serviceHealthIndicator(Readiness readiness) {
        return () -> health(readiness.isReady());
    }

    private static Health health(boolean isUp) {
        return (isUp ? Health.up() : Health.down()).build();
    }
}
