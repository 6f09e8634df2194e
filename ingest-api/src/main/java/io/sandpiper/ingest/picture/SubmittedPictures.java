/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.picture;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.registry.LogReader;
import io.sandpiper.schemas.Claim;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Lanes;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Sha256;
import java.util.Map;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Pictures that were answered for, read again from where they lie. Nothing here blocks. */
@Component
public final class SubmittedPictures {

    private final Map<String, Object> kafka;
    private final Lanes lanes;
    private final ObjectStore store;
    private final Scheduler blockingCalls;
    private final long maxBytes;

    SubmittedPictures(
            KafkaProperties kafka,
            Lanes lanes,
            ObjectStore store,
            Scheduler blockingCalls,
            IngestProperties properties) {
        this.kafka = kafka.buildConsumerProperties();
        this.lanes = lanes;
        this.store = store;
        this.blockingCalls = blockingCalls;
        this.maxBytes = properties.imageLimits().maxBytes();
    }

    /** As its record says, with the picture or a claim to it; empty when that is not kept any more. */
    public Mono<ImageSubmitted> find(PredictionCompleted answer) {
        PredictionCompleted.Source source = answer.source();
        return Mono.fromCallable(() -> lanes.topic(source.topic())
                        .flatMap(topic -> LogReader.at(kafka, topic, source.partition(), source.offset()))
                        .map(ImageSubmitted::of)
                        .filter(image -> image.predictionId().equals(answer.predictionId())))
                .subscribeOn(blockingCalls)
                .flatMap(Mono::justOrEmpty);
    }

    /** The picture's bytes, as they were sent; empty when they are not kept any more. */
    public Mono<byte[]> read(PredictionCompleted answer) {
        return find(answer).flatMap(image -> image.claim() == null ? Mono.just(image.image()) : claimed(image.claim()));
    }

    private Mono<byte[]> claimed(Claim claim) {
        if (!ObjectKeys.isClaim(claim.objectKey())) {
            return Mono.empty();
        }
        return Mono.fromCallable(() -> store.get(claim.objectKey(), maxBytes))
                .subscribeOn(blockingCalls)
                .flatMap(Mono::justOrEmpty)
                .filter(picture -> Sha256.of(picture).equals(claim.sha256()));
    }
}
