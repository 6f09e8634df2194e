/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A picture on its way to a worker. Any Kafka client can write one: the key is the prediction id, the value the
 * picture's bytes, the header {@code ce_model} names the model; every other header may be left out.
 *
 * @param contentType what the sender says the bytes are; nobody relies on it
 * @param callback where the answer is to be posted; null: nowhere
 * @param claim where the picture lies when it is not here
 * @param image the encoded picture, not copied: treat as read-only; empty when there is a claim
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are the message; two messages are never compared
public record ImageSubmitted(
        String predictionId,
        String model,
        String contentType,
        Instant submittedAt,
        @Nullable Instant deadline,
        @Nullable String callback,
        @Nullable BulkRef bulk,
        @Nullable Claim claim,
        byte[] image) {

    /** Ids come back in every answer, so they are short. */
    private static final int MAX_ID_BYTES = 256;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final String MESSAGE_TYPE = "io.sandpiper.ImageSubmitted.v1";

    /** A picture by itself, with all the time there is. */
    public ImageSubmitted(String predictionId, String model, String contentType, Instant submittedAt, byte[] image) {
        this(predictionId, model, contentType, submittedAt, null, null, null, null, image);
    }

    /** The same, with the picture left elsewhere. */
    public ImageSubmitted withClaim(Claim elsewhere) {
        return new ImageSubmitted(
                predictionId, model, contentType, submittedAt, deadline, callback, bulk, elsewhere, new byte[0]);
    }

    /** The same, with the picture that was left elsewhere. */
    public ImageSubmitted withPicture(byte[] picture) {
        return new ImageSubmitted(
                predictionId, model, contentType, submittedAt, deadline, callback, bulk, null, picture);
    }

    /** Hex, of the picture's bytes, wherever they are. */
    public String sha256() {
        return claim == null ? Sha256.of(image) : claim.sha256();
    }

    /** For the lane that it belongs to: those of a bulk job have one of their own. */
    public ProducerRecord<byte[], byte[]> toRecord(String source) {
        return toRecord(bulk == null ? Topics.IMAGES : Topics.IMAGES_BULK, source);
    }

    /** @param lane one of the topics of pictures */
    public ProducerRecord<byte[], byte[]> toRecord(Topic<String, byte[]> lane, String source) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                lane.name(), lane.keySerde().serializer().serialize(lane.name(), predictionId), image);
        CloudEvents.describe(record.headers(), predictionId, MESSAGE_TYPE, source, submittedAt);
        CloudEvents.put(record.headers(), CloudEvents.CONTENT_TYPE, contentType);
        CloudEvents.put(record.headers(), CloudEvents.MODEL, model);
        if (deadline != null) {
            CloudEvents.put(record.headers(), CloudEvents.DEADLINE, deadline.toString());
        }
        if (callback != null) {
            CloudEvents.put(record.headers(), CloudEvents.CALLBACK, callback);
        }
        if (claim != null) {
            CloudEvents.put(record.headers(), CloudEvents.DATA_REF, claim.objectKey());
            CloudEvents.put(record.headers(), CloudEvents.DATA_SHA256, claim.sha256());
            CloudEvents.put(record.headers(), CloudEvents.DATA_SIZE, String.valueOf(claim.bytes()));
        }
        if (bulk != null) {
            CloudEvents.put(record.headers(), CloudEvents.BULK_JOB, bulk.jobId());
            CloudEvents.put(record.headers(), CloudEvents.BULK_INDEX, String.valueOf(bulk.index()));
            CloudEvents.put(record.headers(), CloudEvents.BULK_NAME, bulk.name());
        }
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
                time(CloudEvents.get(record.headers(), CloudEvents.DEADLINE)),
                CloudEvents.get(record.headers(), CloudEvents.CALLBACK),
                bulk(record.headers()),
                claim(record.headers()),
                record.value() == null ? new byte[0] : record.value());
    }

    private static Instant submittedAt(@Nullable String header, long recordTimestampMillis) {
        Instant time = time(header);
        return time == null ? Instant.ofEpochMilli(Math.max(0, recordTimestampMillis)) : time;
    }

    /**
     * Null for what is no time, or none that a clock shows: a foreign client's odd clock is no reason to refuse its
     * picture, and no span up to now is too long to be counted in nanoseconds.
     */
    private static @Nullable Instant time(@Nullable String header) {
        try {
            Instant time = header == null ? null : Instant.parse(header);
            return time == null || time.isBefore(Instant.EPOCH) || time.isAfter(LATEST) ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable BulkRef bulk(Headers headers) {
        String job = CloudEvents.get(headers, CloudEvents.BULK_JOB);
        String index = CloudEvents.get(headers, CloudEvents.BULK_INDEX);
        String name = CloudEvents.get(headers, CloudEvents.BULK_NAME);
        return job == null || index == null || !index.matches("\\d{1,9}")
                ? null
                : new BulkRef(job, Integer.parseInt(index), name == null ? "" : name);
    }

    private static @Nullable Claim claim(Headers headers) {
        String key = CloudEvents.get(headers, CloudEvents.DATA_REF);
        String sha256 = CloudEvents.get(headers, CloudEvents.DATA_SHA256);
        String size = CloudEvents.get(headers, CloudEvents.DATA_SIZE);
        return key == null || sha256 == null || size == null || !size.matches("\\d{1,18}")
                ? null
                : new Claim(key, sha256, Long.parseLong(size));
    }
}
