/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.publish;

import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.ServingObserved;
import io.sandpiper.schemas.Topics;
import io.sandpiper.service.trace.RecordTraces;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.stereotype.Component;

/** Writes answers in transactions. What cannot be sent makes its transaction fail, and its pictures come again. */
@Component
public final class ResultPublisher {

    private static final String SOURCE = "/inference-worker";

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final RecordTraces traces;

    ResultPublisher(KafkaTemplate<byte[], byte[]> kafka, RecordTraces traces) {
        this.kafka = kafka;
        this.traces = traces;
    }

    /** In the transaction that the container began on this thread. */
    public void publish(Answers answers) {
        write(kafka, answers);
    }

    /** In a transaction of its own, which is committed on return. */
    public void commit(Answers answers) {
        kafka.executeInTransaction(operations -> {
            write(operations, answers);
            return null;
        });
    }

    /** As {@link #commit(Answers)}, and with it how far the group has come in a partition. */
    public void commit(Answers answers, TopicPartition partition, long offset, ConsumerGroupMetadata group) {
        kafka.executeInTransaction(operations -> {
            write(operations, answers);
            operations.sendOffsetsToTransaction(Map.of(partition, new OffsetAndMetadata(offset)), group);
            return null;
        });
    }

    /** Nobody waits for the one record: the commit waits for all of them, and fails if one did. */
    private void write(KafkaOperations<byte[], byte[]> operations, Answers answers) {
        for (Answers.Traced answer : answers.results()) {
            PredictionCompleted result = answer.result();
            ProducerRecord<byte[], byte[]> record = Topics.PREDICTIONS.record(result.predictionId(), result, SOURCE);
            traces.carry(answer.work(), record);
            var unused = operations.send(record);
        }
        for (ServingObserved observed : answers.observed()) {
            var unused = operations.send(Topics.OBSERVATIONS.record(observed.key(), observed, SOURCE));
        }
        answers.dead().forEach((record, reason) -> {
            var unused = operations.send(deadLetter(record, reason));
        });
    }

    /** The headers are those of Spring's own recoverer. */
    private static ProducerRecord<byte[], byte[]> deadLetter(ConsumerRecord<byte[], byte[]> record, String reason) {
        ProducerRecord<byte[], byte[]> dead =
                new ProducerRecord<>(Topics.IMAGES_DLT.name(), null, record.key(), record.value(), record.headers());
        dead.headers()
                .add(KafkaHeaders.DLT_EXCEPTION_MESSAGE, bytes(reason))
                .add(KafkaHeaders.DLT_ORIGINAL_TOPIC, bytes(record.topic()))
                .add(KafkaHeaders.DLT_ORIGINAL_PARTITION, bytes(String.valueOf(record.partition())))
                .add(KafkaHeaders.DLT_ORIGINAL_OFFSET, bytes(String.valueOf(record.offset())));
        return dead;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
