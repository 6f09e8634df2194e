/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest;

import io.sandpiper.objectstore.ObjectStoreConfiguration;
import io.sandpiper.registry.DriftReader;
import io.sandpiper.registry.LiveLabelsReader;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.registry.ModelSettingsReader;
import io.sandpiper.registry.TriggersReader;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Takes pictures and answers for them. */
@SpringBootApplication(proxyBeanMethods = false, nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@EnableConfigurationProperties(IngestProperties.class)
@Import(ObjectStoreConfiguration.class)
public class IngestApiApplication {

    private static final int MAX_QUEUED_TASKS = 100_000;

    public static void main(String[] args) {
        new SpringApplicationBuilder(IngestApiApplication.class)
                .properties("spring.config.name=ingest-api")
                .run(args);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ModelRegistryReader ingestModelRegistry(KafkaProperties kafka) {
        return new ModelRegistryReader(kafka.buildConsumerProperties());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ModelSettingsReader ingestModelSettings(KafkaProperties kafka) {
        return new ModelSettingsReader(kafka.buildConsumerProperties());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LiveLabelsReader ingestLiveLabels(KafkaProperties kafka) {
        return new LiveLabelsReader(kafka.buildConsumerProperties());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    DriftReader ingestDrift(KafkaProperties kafka) {
        return new DriftReader(kafka.buildConsumerProperties());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    TriggersReader ingestTriggers(KafkaProperties kafka) {
        return new TriggersReader(kafka.buildConsumerProperties());
    }

    /** Where everything runs that may block: sends, store look-ups, the object store. Never the event loop. */
    @Bean(destroyMethod = "dispose")
    Scheduler blockingCalls(IngestProperties properties) {
        return Schedulers.newBoundedElastic(properties.publishThreads(), MAX_QUEUED_TASKS, "ingest-blocking");
    }
}
