/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.CommonContainerStoppingErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Stops a container whose consumer cannot go on, so that it is started again with a new one. A group that nothing was committed
 * for is deleted while all its members are away, as after a night with the lid closed; Kafka 4.2's consumer says that once
 * and then comes back from each poll at once, with nothing, for ever.
 */
final class BrokenConsumers extends CommonContainerStoppingErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(BrokenConsumers.class);

    @Override
    public void handleOtherException(
            Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        if (thrown instanceof RetriableException) {
            LOG.warn("{} could not be read, trying again: {}", container.getListenerId(), thrown.toString());
            return;
        }
        super.handleOtherException(thrown, consumer, container, batchListener);
    }

    /** What fails in a batch is rolled back, and comes again: that is the rollback processor's. */
    @Override
    public void handleBatch(
            Exception thrown,
            ConsumerRecords<?, ?> batch,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        throw new KafkaException("The batch comes again", KafkaException.Level.DEBUG, thrown);
    }

    /** As without a handler. */
    @Override
    public boolean seeksAfterHandling() {
        return false;
    }
}
