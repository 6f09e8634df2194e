/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.publish;

import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.stereotype.Component;

/**
 * Writes answers inside the transaction that the container began on this thread. What cannot be sent makes that
 * transaction fail, and its pictures come again.
 */
@Component
public final class ResultPublisher {

    private static final String SOURCE = "/inference-worker";

    private final KafkaTemplate<byte[], byte[]> kafka;

    ResultPublisher(KafkaTemplate<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    public void publish(PredictionCompleted result) {
        send(Topics.PREDICTIONS.record(result.predictionId(), result, SOURCE));
    }

    /** For a record that names nobody who could be answered. The headers are those of Spring's own recoverer. */
    public void deadLetter(ConsumerRecord<byte[], byte[]> record, String reason) {
        ProducerRecord<byte[], byte[]> dead =
                new ProducerRecord<>(Topics.IMAGES_DLT.name(), null, record.key(), record.value(), record.headers());
        dead.headers()
                .add(KafkaHeaders.DLT_EXCEPTION_MESSAGE, bytes(reason))
                .add(KafkaHeaders.DLT_ORIGINAL_TOPIC, bytes(record.topic()))
                .add(KafkaHeaders.DLT_ORIGINAL_PARTITION, bytes(String.valueOf(record.partition())))
                .add(KafkaHeaders.DLT_ORIGINAL_OFFSET, bytes(String.valueOf(record.offset())));
        send(dead);
    }

    /** Nobody waits for the one record: the commit waits for all of them, and fails if one did. */
    private void send(ProducerRecord<byte[], byte[]> record) {
        var unused = kafka.send(record);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
