/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.publish;

import io.micrometer.tracing.Span;
import io.sandpiper.ingest.Blocking;
import io.sandpiper.schemas.BulkEvent;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Topics;
import io.sandpiper.service.trace.RecordTraces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/** Sends what belongs to a bulk job, piece by piece: all of a piece or nothing of it. */
@Component
public final class BulkPublisher {

    private static final String SOURCE = "/ingest-api";
    private static final int TRANSACTION_MILLIS = 20_000;
    private static final int LINGER_MILLIS = 5;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Map<String, Object> config;
    private final ClaimCheck claims;
    private final RecordTraces traces;
    private final PublishMeters meters;

    BulkPublisher(KafkaProperties kafka, ClaimCheck claims, RecordTraces traces, PublishMeters meters) {
        this.config = new HashMap<>(kafka.buildProducerProperties());
        this.config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        this.config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        this.claims = claims;
        this.traces = traces;
        this.meters = meters;
    }

    /** Another one sends for the same job from now on. */
    public static final class TakenOverException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TakenOverException(KafkaException cause) {
            super(cause);
        }
    }

    /** Whoever sent for that job before is stopped by this, wherever it is. Blocks. */
    public Job open(String jobId) {
        Map<String, Object> own = new HashMap<>(config);
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "bulk-" + jobId);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new Job(producer);
        } catch (KafkaException e) {
            producer.close(CLOSE_LIMIT);
            throw new NotPublishedException(Topics.BULK_JOBS.name(), e);
        }
    }

    /** Belongs to one thread. */
    public final class Job implements AutoCloseable {

        private final KafkaProducer<byte[], byte[]> producer;

        private Job(KafkaProducer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        /** The picture as its record will carry it, left in the object store when it is large. Blocks. */
        public ImageSubmitted checkIn(ImageSubmitted image) {
            ImageSubmitted carried = Blocking.await(claims.checkIn(image));
            return carried == null ? image : carried;
        }

        /**
         * Returns when Kafka has all of it.
         *
         * @throws TakenOverException when another one has begun to send for this job
         * @throws NotPublishedException when Kafka did not acknowledge; it may have it all the same
         */
        public void send(List<ImageSubmitted> pictures, List<? extends BulkEvent> events) {
            List<Span> spans = new ArrayList<>(pictures.size());
            try {
                producer.beginTransaction();
                for (ImageSubmitted picture : pictures) {
                    ProducerRecord<byte[], byte[]> record = picture.toRecord(SOURCE);
                    // A trace for each: one of thousands of pictures, over hours, could not be looked at.
                    spans.add(traces.sending(record, null));
                    write(record);
                }
                events.forEach(event -> write(Topics.BULK_JOBS.record(event.jobId(), event, SOURCE)));
                producer.commitTransaction();
                meters.published(Topics.IMAGES_BULK.name(), pictures.size());
            } catch (ProducerFencedException | InvalidProducerEpochException e) {
                throw new TakenOverException(e);
            } catch (KafkaException e) {
                throw new NotPublishedException(Topics.IMAGES_BULK.name(), e);
            } finally {
                spans.forEach(Span::end);
            }
        }

        /** Nobody waits for the one record: the commit waits for all of them, and fails if one did. */
        private void write(ProducerRecord<byte[], byte[]> record) {
            var unused = producer.send(record);
        }

        @Override
        public void close() {
            producer.close(CLOSE_LIMIT);
        }
    }
}
