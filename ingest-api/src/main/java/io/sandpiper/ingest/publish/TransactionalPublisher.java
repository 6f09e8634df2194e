/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.publish;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.schemas.IdempotencyKeyUsed;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Topic;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingCommand;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.service.trace.RecordTraces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Sends what must be there together or not at all. A transaction takes some milliseconds, and a thread meanwhile. */
@Component
public final class TransactionalPublisher implements DisposableBean {

    /** A transaction that is still open then is ended by the brokers: its request has been given up. */
    private static final int TRANSACTION_MILLIS = 10_000;

    private static final String SOURCE = "/ingest-api";

    private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
    private final KafkaTemplate<byte[], byte[]> kafka;
    private final ClaimCheck claims;
    private final RecordTraces traces;
    private final PublishMeters meters;
    private final Scheduler blockingCalls;

    TransactionalPublisher(
            KafkaProperties kafka,
            IngestProperties properties,
            ClaimCheck claims,
            RecordTraces traces,
            PublishMeters meters,
            Scheduler blockingCalls) {
        this.claims = claims;
        this.traces = traces;
        this.meters = meters;
        Map<String, Object> config = new HashMap<>(kafka.buildProducerProperties());
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TRANSACTION_MILLIS);
        this.producers = new DefaultKafkaProducerFactory<>(config);
        // Of this instance alone: its next start ends what its last one left open.
        this.producers.setTransactionIdPrefix("ingest-api-" + properties.advertised() + "-");
        this.kafka = new KafkaTemplate<>(producers);
        this.blockingCalls = blockingCalls;
    }

    /** The picture, and that its key is settled. */
    public Mono<Void> publish(ImageSubmitted image, Topic<String, byte[]> lane, IdempotencyKeyUsed use) {
        return claims.checkIn(image)
                .flatMap(carried -> send(
                        carried.toRecord(lane, SOURCE),
                        Topics.IDEMPOTENCY_KEYS.record(use.keyHash(), use.asPublished(), SOURCE)))
                .doOnSuccess(done -> meters.published(lane.name(), 1));
    }

    /** The command, and that its job waits for a worker: whoever asks for the job finds it from the beginning. */
    public Mono<Void> publish(TrainingCommand command) {
        return send(
                Topics.TRAINING_COMMANDS.record(command.model(), command, SOURCE),
                Topics.TRAINING_EVENTS.record(command.jobId(), TrainingProgressed.queued(command), SOURCE));
    }

    private Mono<Void> send(ProducerRecord<byte[], byte[]> what, ProducerRecord<byte[], byte[]> beside) {
        Mono<Void> sending = Mono.<Void>fromRunnable(() -> kafka.executeInTransaction(operations -> {
                    var first = operations.send(what);
                    var second = operations.send(beside);
                    return first.isDone() && second.isDone();
                }))
                .subscribeOn(blockingCalls)
                .onErrorMap(e -> new NotPublishedException(what.topic(), e));
        return traces.traced(sending, List.of(what, beside));
    }

    @Override
    public void destroy() {
        producers.destroy();
    }
}
