/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.schemas.Topics;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.util.backoff.ExponentialBackOff;

/** The consumer of pictures: one thread, started by {@link ImageConsumer} when there is a model to answer with. */
@Configuration(proxyBeanMethods = false)
class ImageConsumerConfiguration {

    private static final String GROUP = "inference-worker";
    /** Without it a container that is refused once stops for good, in silence. */
    private static final Duration AUTH_RETRY = Duration.ofSeconds(10);

    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LAST_RETRY_MILLIS = 30_000;
    private static final long SHUTDOWN_MILLIS = 8_000;

    @Bean
    KafkaMessageListenerContainer<byte[], byte[]> imageContainer(
            ConsumerFactory<byte[], byte[]> consumers,
            KafkaTransactionManager<byte[], byte[]> transactions,
            ImageBatchListener listener) {
        ContainerProperties container = new ContainerProperties(Topics.IMAGES.name());
        container.setGroupId(GROUP);
        container.setMessageListener(listener);
        container.setKafkaAwareTransactionManager(transactions);
        container.setAuthExceptionRetryInterval(AUTH_RETRY);
        // A fenced producer means that its batch was rolled back elsewhere: only a new consumer reads it again.
        container.setStopContainerWhenFenced(true);
        container.setShutdownTimeout(SHUTDOWN_MILLIS);
        var images = new KafkaMessageListenerContainer<>(consumers, container);
        images.setBeanName("images");
        images.setAutoStartup(false);
        images.setAfterRollbackProcessor(new DefaultAfterRollbackProcessor<>(retryForever()));
        return images;
    }

    /**
     * A batch fails as a whole only when Kafka itself is in trouble: a picture that is at fault has become an answer
     * before. Giving up would lose pictures, so it comes again until the trouble is over.
     */
    private static ExponentialBackOff retryForever() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_RETRY_MILLIS, 2);
        backOff.setMaxInterval(LAST_RETRY_MILLIS);
        return backOff;
    }
}
