/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.publish;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.objectstore.ObjectStoreException;
import io.sandpiper.schemas.Claim;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Sha256;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Leaves large pictures in the object store, so that Kafka carries small records. On threads of its own: a store that is
 * slow holds back nobody who has no use for it.
 */
@Component
final class ClaimCheck implements DisposableBean {

    private static final int THREADS = 8;
    private static final int WAITING = 64;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ObjectStore store;
    private final long inlineLimit;
    private final Scheduler storeCalls = Schedulers.newBoundedElastic(THREADS, WAITING, "claim-check");

    ClaimCheck(ObjectStore store, IngestProperties properties) {
        this.store = store;
        this.inlineLimit = properties.inlineLimit().toBytes();
    }

    /** The picture as its record carries it. Fails with an {@link ObjectStoreException} when it cannot be left there. */
    Mono<ImageSubmitted> checkIn(ImageSubmitted image) {
        if (image.image().length <= inlineLimit) {
            return Mono.just(image);
        }
        return Mono.fromCallable(() -> leave(image))
                .subscribeOn(storeCalls)
                .timeout(LIMIT)
                .onErrorMap(
                        e -> !(e instanceof ObjectStoreException),
                        e -> new ObjectStoreException("too many wait for the store", e));
    }

    @Override
    public void destroy() {
        storeCalls.dispose();
    }

    private ImageSubmitted leave(ImageSubmitted image) {
        String key = ObjectKeys.claim(image.predictionId());
        store.put(key, image.image(), image.contentType());
        return image.withClaim(new Claim(key, Sha256.of(image.image()), image.image().length));
    }
}
