/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training;

import io.sandpiper.objectstore.ObjectStoreConfiguration;
import io.sandpiper.registry.DriftReader;
import io.sandpiper.registry.LiveLabelsReader;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.registry.ModelSettingsReader;
import io.sandpiper.registry.TriggersReader;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.EnableKafka;

/** Trains models on command. */
@EnableKafka
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(TrainingProperties.class)
@Import(ObjectStoreConfiguration.class)
public class TrainingWorkerApplication {

    public static void main(String[] args) {
        application().web(WebApplicationType.REACTIVE).run(args);
    }

    /** As it starts inside standalone; alone it has health and metrics of its own. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(TrainingWorkerApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.name=training-worker");
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ModelRegistryReader modelRegistry(KafkaProperties kafka) {
        return new ModelRegistryReader(kafka.buildConsumerProperties());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ModelSettingsReader modelSettings(KafkaProperties kafka) {
        return new ModelSettingsReader(kafka.buildConsumerProperties());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LiveLabelsReader liveLabels(KafkaProperties kafka) {
        return new LiveLabelsReader(kafka.buildConsumerProperties());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    DriftReader drift(KafkaProperties kafka) {
        return new DriftReader(kafka.buildConsumerProperties());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    TriggersReader triggers(KafkaProperties kafka) {
        return new TriggersReader(kafka.buildConsumerProperties());
    }
}
