/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.dataset;

import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.classifier.image.PictureNormalizer;
import io.sandpiper.classifier.image.PictureNormalizer.Normalized;
import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.schemas.TrainingImageAccepted;
import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Stores labelled pictures, made anew of their pixels: the object first, the event after, so that every event has its
 * object.
 */
@Component
public final class TrainingImages {

    private static final String PNG = "image/png";

    private final ObjectStore store;
    private final Datasets datasets;
    private final Publisher publisher;
    private final Scheduler blockingCalls;
    private final ThreadLocal<PictureNormalizer> normalizers;
    private final long maxBytes;

    TrainingImages(
            IngestProperties properties,
            ObjectStore store,
            Datasets datasets,
            Publisher publisher,
            Scheduler blockingCalls) {
        this.store = store;
        this.datasets = datasets;
        this.publisher = publisher;
        this.blockingCalls = blockingCalls;
        this.normalizers = ThreadLocal.withInitial(
                () -> new PictureNormalizer(properties.imageLimits(), properties.trainingImageSide()));
        // Three bytes a pixel, and PNG never adds a tenth.
        this.maxBytes = 4L * properties.trainingImageSide() * properties.trainingImageSide();
    }

    /** What became of a picture. */
    public enum Outcome {
        ACCEPTED,
        /** It was there, under the same label. */
        DUPLICATE,
        /** It was there, with another label or split; the new ones count. */
        RELABELLED
    }

    /** @param sha256 of what is stored */
    public record Kept(Outcome outcome, String sha256) {}

    /**
     * Keeps a picture under the sha256 of its pixels' PNG. The same picture again is stored once, and the last label given
     * counts.
     *
     * @return an error of type {@link ImageRejectedException} when it is not a picture within the limits
     */
    public Mono<Kept> accept(String model, String label, @Nullable Split split, byte[] image) {
        return Mono.fromCallable(() -> normalizers.get().normalize(image))
                .subscribeOn(blockingCalls)
                .flatMap(picture -> keep(model, label, split, picture));
    }

    /** The picture as it is stored; empty when there is none. */
    public Mono<byte[]> read(String model, String sha256) {
        return Mono.fromCallable(() -> store.get(ObjectKeys.trainingImage(model, sha256), maxBytes))
                .subscribeOn(blockingCalls)
                .flatMap(Mono::justOrEmpty);
    }

    private Mono<Kept> keep(String model, String label, @Nullable Split split, Normalized picture) {
        String sha256 = Sha256.of(picture.png());
        Optional<ModelDataset.Known> known = Optional.ofNullable(datasets.find(model, sha256));
        if (known.isPresent()
                && known.get().label().equals(label)
                && Objects.equals(known.get().split(), split)) {
            return Mono.just(new Kept(Outcome.DUPLICATE, sha256));
        }
        String key = ObjectKeys.trainingImage(model, sha256);
        TrainingImageAccepted accepted = new TrainingImageAccepted(
                model,
                sha256,
                label,
                split,
                key,
                PNG,
                picture.width(),
                picture.height(),
                picture.png().length,
                picture.figures(),
                Instant.now());
        return Mono.fromRunnable(() -> store.put(key, picture.png(), PNG))
                .subscribeOn(blockingCalls)
                .then(publisher.publish(accepted))
                .thenReturn(new Kept(known.isPresent() ? Outcome.RELABELLED : Outcome.ACCEPTED, sha256));
    }
}
