/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.inference.InferenceProperties;
import io.sandpiper.inference.consume.ImageConsumerConfiguration.BatchAnswererFactory;
import io.sandpiper.inference.publish.ResultPublisher;
import io.sandpiper.schemas.Lane;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ConsumerStoppingEvent;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.util.backoff.ExponentialBackOff;

/** Containers that read a lane, classify, and commit answers and offsets in one transaction. */
@Component
final class LaneContainers {

    /** Without it a container that is refused once stops for good, in silence. */
    private static final Duration AUTH_RETRY = Duration.ofSeconds(10);

    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LAST_RETRY_MILLIS = 10_000;
    private static final long SHUTDOWN_MILLIS = 8_000;

    private final InferenceProperties properties;
    private final ConsumerFactory<byte[], byte[]> consumers;
    private final KafkaTransactionManager<byte[], byte[]> transactions;
    private final BatchAnswererFactory answerers;
    private final ResultPublisher publisher;
    private final ApplicationEventPublisher events;

    LaneContainers(
            InferenceProperties properties,
            ConsumerFactory<byte[], byte[]> consumers,
            KafkaTransactionManager<byte[], byte[]> transactions,
            BatchAnswererFactory answerers,
            ResultPublisher publisher,
            ApplicationEventPublisher events) {
        this.properties = properties;
        this.consumers = consumers;
        this.transactions = transactions;
        this.answerers = answerers;
        this.publisher = publisher;
        this.events = events;
    }

    /**
     * Not started.
     *
     * @param batch records in a batch at most
     */
    KafkaMessageListenerContainer<byte[], byte[]> container(Lane lane, int batch) {
        ContainerProperties container = new ContainerProperties(lane.topic().name());
        container.setGroupId(lane.group());
        Properties consumer = new Properties();
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, String.valueOf(batch));
        if (properties.staticMembership()) {
            consumer.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, properties.workerId());
        }
        container.setKafkaConsumerProperties(consumer);
        Handover handover = new Handover(batch);
        container.setConsumerRebalanceListener(handover);
        container.setMessageListener(new ImageBatchListener(answerers.create(lane), publisher, handover));
        container.setKafkaAwareTransactionManager(transactions);
        container.setAuthExceptionRetryInterval(AUTH_RETRY);
        // A fenced producer means that its batch was rolled back elsewhere: only a new consumer reads it again.
        container.setStopContainerWhenFenced(true);
        container.setShutdownTimeout(SHUTDOWN_MILLIS);
        var images = new KafkaMessageListenerContainer<>(consumers, container);
        images.setBeanName(lane.topic().name());
        images.setAutoStartup(false);
        // No bean itself: without it nobody would hear that it stopped, and start it again.
        images.setApplicationEventPublisher(event -> {
            if (event instanceof ConsumerStoppingEvent stopping) {
                handover.leaveAll(stopping.getConsumer());
            }
            events.publishEvent(event);
        });
        images.setCommonErrorHandler(new BrokenConsumers());
        images.setAfterRollbackProcessor(new DefaultAfterRollbackProcessor<>(retryForever()));
        return images;
    }

    /**
     * A batch fails as a whole only when Kafka or the object store is in trouble: a picture that is at fault has become
     * an answer before. Giving up would lose pictures, so it comes again until the trouble is over.
     */
    private static ExponentialBackOff retryForever() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_RETRY_MILLIS, 2);
        backOff.setMaxInterval(LAST_RETRY_MILLIS);
        return backOff;
    }
}
