/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard;

import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.Topics;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.KafkaAdmin;

/** Shows what happens. */
@SpringBootApplication(proxyBeanMethods = false, nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@EnableConfigurationProperties(DashboardProperties.class)
public class DashboardApplication {

    public static void main(String[] args) {
        new SpringApplicationBuilder(DashboardApplication.class)
                .properties("spring.config.name=dashboard")
                .run(args);
    }

    @Bean
    KafkaAdmin.NewTopics dashboardTopics(Environment environment) {
        return new KafkaAdmin.NewTopics(
                Topics.newTopics(environment.getRequiredProperty("sandpiper.lane-partitions", Integer.class)));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ModelRegistryReader dashboardModelRegistry(KafkaProperties kafka) {
        return new ModelRegistryReader(kafka.buildConsumerProperties());
    }
}
