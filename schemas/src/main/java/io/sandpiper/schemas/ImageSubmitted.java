/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A picture on its way to a worker. Any Kafka client can write one: the key is the prediction id, the value the
 * picture's bytes, the header {@code ce_model} names the model; every other header may be left out.
 *
 * @param contentType what the sender says the bytes are; nobody relies on it
 * @param image the encoded picture, not copied: treat as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are the message; two messages are never compared
public record ImageSubmitted(String predictionId, String model, String contentType, Instant submittedAt, byte[] image) {

    /** Ids come back in every answer, so they are short. */
    private static final int MAX_ID_BYTES = 256;

    private static final String MESSAGE_TYPE = "io.sandpiper.ImageSubmitted.v1";

    public ProducerRecord<byte[], byte[]> toRecord(String source) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topics.IMAGES.name(),
                Topics.IMAGES.keySerde().serializer().serialize(Topics.IMAGES.name(), predictionId),
                image);
        CloudEvents.describe(record.headers(), predictionId, MESSAGE_TYPE, source, submittedAt);
        CloudEvents.put(record.headers(), CloudEvents.CONTENT_TYPE, contentType);
        CloudEvents.put(record.headers(), CloudEvents.MODEL, model);
        return record;
    }

    /** @throws MalformedMessageException when key or model are missing or no such thing: then nobody could be answered */
    public static ImageSubmitted of(ConsumerRecord<byte[], byte[]> record) {
        String model = CloudEvents.get(record.headers(), CloudEvents.MODEL);
        if (model == null || !Names.isModelName(model)) {
            throw new MalformedMessageException("the header " + CloudEvents.MODEL + " names no model", null);
        }
        if (record.key() != null && record.key().length > MAX_ID_BYTES) {
            throw new MalformedMessageException("the key is longer than " + MAX_ID_BYTES + " bytes", null);
        }
        String contentType = CloudEvents.get(record.headers(), CloudEvents.CONTENT_TYPE);
        return new ImageSubmitted(
                Topics.IMAGES.key(record),
                model,
                contentType == null ? "application/octet-stream" : contentType,
                submittedAt(CloudEvents.get(record.headers(), CloudEvents.TIME), record.timestamp()),
                record.value() == null ? new byte[0] : record.value());
    }

    private static Instant submittedAt(@Nullable String header, long recordTimestampMillis) {
        try {
            if (header != null) {
                return Instant.parse(header);
            }
        } catch (DateTimeException e) {
            // a foreign client's odd clock is no reason to refuse its picture
        }
        return Instant.ofEpochMilli(recordTimestampMillis);
    }
}
