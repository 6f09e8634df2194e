/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

class BrokenConsumersTest {

    private final AtomicInteger polls = new AtomicInteger();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            polls.incrementAndGet();
            return super.poll(timeout);
        }
    };
    private final List<Object> events = new CopyOnWriteArrayList<>();
    private final KafkaMessageListenerContainer<byte[], byte[]> container = container();

    @AfterEach
    void stop() {
        container.stop();
    }

    /** As after a night with the lid closed. */
    @Test
    void consumerWhoseGroupIsGone_isStopped_soThatANewOneMayBegin() {
        consumer.setPollException(new GroupIdNotFoundException("Consumer group inference-worker not found."));

        container.start();

        await().until(() -> events.stream().anyMatch(ConsumerStoppedEvent.class::isInstance));
        assertThat(container.isRunning()).isFalse();
        assertThat(container.isInExpectedState())
                .as("whoever looks after it starts it again")
                .isFalse();
    }

    @Test
    void troubleThatPasses_isWaitedFor() {
        consumer.setPollException(new TimeoutException("the broker is slow"));

        container.start();

        await().until(() -> polls.get() > 2);
        assertThat(container.isRunning()).isTrue();
    }

    @Test
    void batchThatFails_isLeftToTheRollback() {
        RuntimeException failure = new IllegalStateException("no store");

        assertThatThrownBy(() -> new BrokenConsumers()
                        .handleBatch(failure, ConsumerRecords.empty(), consumer, container, () -> {}))
                .hasCause(failure);
    }

    private KafkaMessageListenerContainer<byte[], byte[]> container() {
        ContainerProperties properties = new ContainerProperties("images");
        properties.setGroupId("inference-worker");
        properties.setMessageListener((BatchMessageListener<byte[], byte[]>) records -> {});
        var factory = new DefaultKafkaConsumerFactory<byte[], byte[]>(Map.of()) {
            @Override
            protected Consumer<byte[], byte[]> createRawConsumer(Map<String, Object> configuration) {
                return consumer;
            }
        };
        var made = new KafkaMessageListenerContainer<>(factory, properties);
        made.setCommonErrorHandler(new BrokenConsumers());
        made.setApplicationEventPublisher(events::add);
        return made;
    }
}
