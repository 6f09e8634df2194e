/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.deadletter;

import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.registry.LogReader;
import io.sandpiper.schemas.Lanes;
import io.sandpiper.schemas.Topics;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What lies in {@code images-dlt}, and the way back from there. Nothing is taken out: Kafka keeps it. */
@Component
public final class DeadLetters {

    private final Map<String, Object> kafka;
    private final Lanes lanes;
    private final Publisher publisher;
    private final Scheduler blockingCalls;

    DeadLetters(KafkaProperties kafka, Lanes lanes, Publisher publisher, Scheduler blockingCalls) {
        this.kafka = kafka.buildConsumerProperties();
        this.lanes = lanes;
        this.publisher = publisher;
        this.blockingCalls = blockingCalls;
    }

    /** The latest first. */
    public Mono<List<DeadLetter>> latest(int limit) {
        return Mono.fromCallable(() -> LogReader.last(kafka, Topics.IMAGES_DLT, limit, DeadLetter::of).stream()
                        .sorted(Comparator.comparing(DeadLetter::at).reversed())
                        .limit(limit)
                        .toList())
                .subscribeOn(blockingCalls);
    }

    /**
     * Sends the record to where it came from, as it came. Done twice, it is answered once: of an id the first answer
     * stays. Empty when there is no such record, or none that says where it came from.
     */
    public Mono<DeadLetter> replay(int partition, long offset) {
        return Mono.fromCallable(() -> LogReader.at(kafka, Topics.IMAGES_DLT, partition, offset))
                .subscribeOn(blockingCalls)
                .flatMap(Mono::justOrEmpty)
                .flatMap(record -> Mono.justOrEmpty(DeadLetter.lane(record, lanes))
                        .flatMap(lane -> publisher.publishAgain(record, lane).thenReturn(DeadLetter.of(record))));
    }
}
