/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.inference.publish.Answers;
import io.sandpiper.inference.publish.ResultPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;

/**
 * One poll, one transaction: the container begins it, this answers every record in it, the container commits. But what
 * a worker may have died of goes first, and by itself.
 */
final class ImageBatchListener implements BatchConsumerAwareMessageListener<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(ImageBatchListener.class);

    private final BatchAnswerer answerer;
    private final ResultPublisher publisher;
    private final Handover handover;

    ImageBatchListener(BatchAnswerer answerer, ResultPublisher publisher, Handover handover) {
        this.answerer = answerer;
        this.publisher = publisher;
        this.handover = handover;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> polled) {
        Consumer<?, ?> consumer = Objects.requireNonNull(polled, "the container always gives its consumer");
        try {
            List<ConsumerRecord<byte[], byte[]>> together = new ArrayList<>(records.size());
            for (ConsumerRecord<byte[], byte[]> record : records) {
                Suspicion suspicion = handover.of(record, consumer);
                if (suspicion.isAnswered(record.offset())) {
                    continue;
                }
                if (suspicion.isOver()) {
                    together.add(record);
                } else {
                    answerAlone(record, suspicion, consumer);
                }
            }
            publisher.publish(answerer.answer(together));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /** In a transaction of its own, beside that of the container: it counts whatever becomes of the others. */
    private void answerAlone(ConsumerRecord<byte[], byte[]> record, Suspicion suspicion, Consumer<?, ?> consumer)
            throws InterruptedException {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Answers answers;
        if (suspicion.isDeadly()) {
            LOG.error("Given up after three workers ended with it: {}@{}", partition, record.offset());
            answers = answerer.giveUp(record);
        } else {
            handover.begin(partition, suspicion, consumer);
            answers = answerer.answer(List.of(record));
        }
        publisher.commit(answers, partition, record.offset() + 1, consumer.groupMetadata());
        suspicion.answered(record.offset());
    }
}
