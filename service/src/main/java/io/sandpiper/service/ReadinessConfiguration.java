/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.service;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;

/** What readiness looks at, in each process that has a management port to be asked on. */
@AutoConfiguration
@ConditionalOnWebApplication
class ReadinessConfiguration {

    private static final Duration BROKER_LIMIT = Duration.ofSeconds(2);

    @Bean(destroyMethod = "close")
    Brokers brokers(KafkaProperties kafka) {
        return new Brokers(kafka.buildAdminProperties());
    }

    @Bean
    HealthIndicator kafkaHealthIndicator(Brokers brokers) {
        return () -> health(brokers.answer(BROKER_LIMIT));
    }

    @Bean
    HealthIndicator serviceHealthIndicator(List<ServiceReadiness> services) {
        return () -> health(services.stream().allMatch(ServiceReadiness::isReady));
    }

    private static Health health(boolean isUp) {
        return Health.status(isUp ? Status.UP : Status.DOWN).build();
    }
}
