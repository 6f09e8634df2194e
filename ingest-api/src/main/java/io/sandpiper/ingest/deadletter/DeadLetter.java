/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.deadletter;

import io.sandpiper.schemas.CloudEvents;
import io.sandpiper.schemas.Lanes;
import io.sandpiper.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * A record of {@code images-dlt}.
 *
 * @param id its partition and offset there
 * @param at when it was given up
 * @param reason why
 * @param topic it came from; absent when it does not say so, as partition and offset
 * @param key of the record, which should be a prediction id; absent where it has none
 */
public record DeadLetter(
        String id,
        Instant at,
        @Nullable String reason,
        @Nullable String topic,
        @Nullable String partition,
        @Nullable String offset,
        @Nullable String key,
        int bytes) {

    static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetter(
                record.partition() + "-" + record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                CloudEvents.get(record.headers(), KafkaHeaders.DLT_EXCEPTION_MESSAGE),
                CloudEvents.get(record.headers(), KafkaHeaders.DLT_ORIGINAL_TOPIC),
                CloudEvents.get(record.headers(), KafkaHeaders.DLT_ORIGINAL_PARTITION),
                CloudEvents.get(record.headers(), KafkaHeaders.DLT_ORIGINAL_OFFSET),
                record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8),
                record.value() == null ? 0 : record.value().length);
    }

    /** Where it goes when it is tried again: only to where pictures are read. */
    static Optional<Topic<String, byte[]>> lane(ConsumerRecord<byte[], byte[]> record, Lanes lanes) {
        String topic = CloudEvents.get(record.headers(), KafkaHeaders.DLT_ORIGINAL_TOPIC);
        return topic == null ? Optional.empty() : lanes.topic(topic);
    }
}
