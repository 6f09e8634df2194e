/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.trigger;

import io.sandpiper.registry.LogView;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingCommand;
import io.sandpiper.schemas.TrainingRequested;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TriggerConfiguration {

    /** The last training that was asked for, by model. */
    @Bean(initMethod = "start", destroyMethod = "close")
    LogView<Map<String, TrainingRequested>, TrainingCommand> requestedTrainings(KafkaProperties kafka) {
        return new LogView<>(
                kafka.buildConsumerProperties(),
                Topics.TRAINING_COMMANDS,
                new ConcurrentHashMap<>(),
                (last, command) -> {
                    if (command instanceof TrainingRequested requested) {
                        last.put(requested.model(), requested);
                    }
                    return last;
                });
    }
}
