/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.registry.LogView;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class JobConfiguration {

    /** The last that was told of each job. */
    @Bean(initMethod = "start", destroyMethod = "close")
    LogView<Map<String, TrainingEvent>, TrainingEvent> jobEvents(KafkaProperties kafka) {
        return new LogView<>(
                kafka.buildConsumerProperties(), Topics.TRAINING_EVENTS, new ConcurrentHashMap<>(), (last, event) -> {
                    last.put(event.jobId(), event);
                    return last;
                });
    }
}
