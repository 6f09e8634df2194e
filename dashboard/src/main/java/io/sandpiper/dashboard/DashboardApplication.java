/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard;

import io.sandpiper.registry.LoadTestsReader;
import io.sandpiper.registry.ModelRegistryReader;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** Shows what happens. */
@SpringBootApplication(proxyBeanMethods = false, nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@EnableConfigurationProperties(DashboardProperties.class)
public class DashboardApplication {

    public static void main(String[] args) {
        new SpringApplicationBuilder(DashboardApplication.class)
                .properties(
                        "spring.config.name=dashboard",
                        "sandpiper.dashboard.api=${SANDPIPER_API:http://localhost:8080}")
                .run(args);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ModelRegistryReader dashboardModelRegistry(KafkaProperties kafka) {
        return new ModelRegistryReader(kafka.buildConsumerProperties());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LoadTestsReader dashboardLoadTests(KafkaProperties kafka) {
        return new LoadTestsReader(kafka.buildConsumerProperties());
    }
}
