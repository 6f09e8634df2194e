/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.inference.publish.ResultPublisher;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.springframework.kafka.listener.BatchMessageListener;

/** One poll, one transaction: the container begins it, this answers every record in it, the container commits. */
final class ImageBatchListener implements BatchMessageListener<byte[], byte[]> {

    private final BatchAnswerer answerer;
    private final ResultPublisher publisher;

    ImageBatchListener(BatchAnswerer answerer, ResultPublisher publisher) {
        this.answerer = answerer;
        this.publisher = publisher;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        try {
            publisher.publish(answerer.answer(records));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
