/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.upload;

import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageHeader;
import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.schemas.TrainingImageAccepted;
import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Stores labelled pictures: the object first, the event after, so that every event has its object. */
@Component
public final class TrainingImages {

    private final ObjectStore store;
    private final Publisher publisher;
    private final Scheduler blockingCalls;
    private final ThreadLocal<ImageDecoder> decoders;

    TrainingImages(IngestProperties properties, ObjectStore store, Publisher publisher, Scheduler blockingCalls) {
        this.store = store;
        this.publisher = publisher;
        this.blockingCalls = blockingCalls;
        this.decoders = ThreadLocal.withInitial(() -> new ImageDecoder(properties.imageLimits()));
    }

    /**
     * Keeps a picture under its sha256. The same picture again is stored once, and the last label given counts.
     *
     * @return an error of type {@link ImageRejectedException} when it is not a picture within the limits
     */
    public Mono<TrainingImageAccepted> accept(String model, String label, @Nullable Split split, byte[] image) {
        return Mono.fromCallable(() -> keep(model, label, split, image))
                .subscribeOn(blockingCalls)
                .flatMap(accepted -> publisher.publish(accepted).thenReturn(accepted));
    }

    private TrainingImageAccepted keep(String model, String label, @Nullable Split split, byte[] image)
            throws ImageRejectedException {
        ImageHeader header = decoders.get().inspect(image);
        String sha256 = Sha256.of(image);
        String key = ObjectKeys.trainingImage(model, sha256);
        store.put(key, image, header.format().mediaType());
        return new TrainingImageAccepted(
                model,
                sha256,
                label,
                split,
                key,
                header.format().mediaType(),
                header.width(),
                header.height(),
                image.length,
                Instant.now());
    }
}
