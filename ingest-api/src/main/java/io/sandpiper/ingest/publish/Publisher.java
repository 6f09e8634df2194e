/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.publish;

import io.sandpiper.schemas.ApiKeyChanged;
import io.sandpiper.schemas.BulkEvent;
import io.sandpiper.schemas.ExplanationRequested;
import io.sandpiper.schemas.IdempotencyKeyUsed;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.LabelGiven;
import io.sandpiper.schemas.ModelConfigured;
import io.sandpiper.schemas.ModelEvent;
import io.sandpiper.schemas.PredictionCancelled;
import io.sandpiper.schemas.Topic;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingCommand;
import io.sandpiper.schemas.TrainingImageAccepted;
import io.sandpiper.service.trace.RecordTraces;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Sends, and completes only when the brokers have acknowledged. {@code send} itself may block while it waits for
 * metadata or for memory, so it never runs on an event loop.
 */
@Component
public final class Publisher {

    private static final String SOURCE = "/ingest-api";

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final ClaimCheck claims;
    private final RecordTraces traces;
    private final PublishMeters meters;
    private final Scheduler blockingCalls;

    Publisher(
            KafkaTemplate<byte[], byte[]> kafka,
            ClaimCheck claims,
            RecordTraces traces,
            PublishMeters meters,
            Scheduler blockingCalls) {
        this.kafka = kafka;
        this.claims = claims;
        this.traces = traces;
        this.meters = meters;
        this.blockingCalls = blockingCalls;
    }

    /** @param lane which topic of pictures it goes to */
    public Mono<Void> publish(ImageSubmitted image, Topic<String, byte[]> lane) {
        return claims.checkIn(image)
                .flatMap(carried -> send(carried.toRecord(lane, SOURCE)))
                .doOnSuccess(done -> meters.published(lane.name(), 1));
    }

    public Mono<Void> publish(PredictionCancelled cancelled) {
        return send(Topics.CANCELLATIONS.record(cancelled.predictionId(), cancelled, SOURCE));
    }

    public Mono<Void> publish(LabelGiven given) {
        return send(Topics.FEEDBACK.record(given.predictionId(), given, SOURCE));
    }

    public Mono<Void> publish(ExplanationRequested wanted) {
        return send(Topics.EXPLANATION_REQUESTS.record(wanted.predictionId(), wanted, SOURCE));
    }

    public Mono<Void> publish(TrainingImageAccepted image) {
        return send(Topics.TRAINING_IMAGES.record(image.key(), image, SOURCE));
    }

    public Mono<Void> publish(TrainingCommand command) {
        return send(Topics.TRAINING_COMMANDS.record(command.model(), command, SOURCE));
    }

    public Mono<Void> publish(ModelEvent event) {
        return send(Topics.MODEL_EVENTS.record(event.key(), event, SOURCE));
    }

    public Mono<Void> publish(ModelConfigured settings) {
        return send(Topics.MODEL_SETTINGS.record(settings.model(), settings, SOURCE));
    }

    public Mono<Void> publish(BulkEvent event) {
        return send(Topics.BULK_JOBS.record(event.jobId(), event, SOURCE));
    }

    public Mono<Void> publish(IdempotencyKeyUsed claim) {
        return send(Topics.IDEMPOTENCY_KEYS.record(claim.keyHash(), claim, SOURCE));
    }

    public Mono<Void> publish(ApiKeyChanged key) {
        return send(Topics.API_KEYS.record(key.keyId(), key, SOURCE));
    }

    /** A record that was given up, as it came, to the lane that it came from. */
    public Mono<Void> publishAgain(ConsumerRecord<byte[], byte[]> dead, Topic<String, byte[]> lane) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(lane.name(), dead.key(), dead.value());
        for (Header header : dead.headers()) {
            if (!header.key().startsWith(KafkaHeaders.PREFIX + "dlt-")) {
                record.headers().add(header);
            }
        }
        return send(record);
    }

    private Mono<Void> send(ProducerRecord<byte[], byte[]> record) {
        Mono<Void> sending = Mono.fromFuture(() -> kafka.send(record))
                .subscribeOn(blockingCalls)
                .onErrorMap(e -> new NotPublishedException(record.topic(), e))
                .then();
        return traces.traced(sending, List.of(record));
    }
}
