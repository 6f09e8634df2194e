/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.inference.InferenceProperties;
import io.sandpiper.inference.lane.Lane;
import io.sandpiper.inference.lane.LaneGate;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/** The consumer of pictures: one thread, started by {@link ImageConsumer} when there is a model to answer with. */
@Configuration(proxyBeanMethods = false)
class ImageConsumerConfiguration {

    @Bean
    LaneGate laneGate(InferenceProperties properties) {
        return new LaneGate(properties.bulkPatience(), properties.bulkShare());
    }

    @Bean
    KafkaMessageListenerContainer<byte[], byte[]> interactiveContainer(LaneContainers containers) {
        return containers.container(Lane.INTERACTIVE, new Properties());
    }

    /** Small batches: a picture of the other lane waits for one of them at most. */
    @Bean
    KafkaMessageListenerContainer<byte[], byte[]> bulkContainer(
            LaneContainers containers, InferenceProperties properties) {
        Properties small = new Properties();
        small.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, String.valueOf(properties.bulkBatch()));
        return containers.container(Lane.BULK, small);
    }
}
