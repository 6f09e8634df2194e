/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.picture;

import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.Png;
import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.schemas.PredictionCompleted;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Pictures as people may look at them: drawn anew from their pixels, so that nothing of what a stranger sent reaches a
 * browser. As many at once as there are cores.
 */
@Component
public final class PicturePreviews implements DisposableBean {

    private static final int WAITING = 64;

    private final SubmittedPictures pictures;
    private final ThreadLocal<ImageDecoder> decoders;
    private final Scheduler drawing =
            Schedulers.newBoundedElastic(Runtime.getRuntime().availableProcessors(), WAITING, "picture-preview");

    PicturePreviews(SubmittedPictures pictures, IngestProperties properties) {
        this.pictures = pictures;
        this.decoders = ThreadLocal.withInitial(() -> new ImageDecoder(properties.imageLimits()));
    }

    /**
     * A PNG, in the picture's proportions. Empty when the picture is not kept any more. Fails with an
     * {@link io.sandpiper.classifier.image.ImageRejectedException} when it is none that can be drawn, and with a
     * {@link java.util.concurrent.RejectedExecutionException} when too many wait.
     *
     * @param maxSide pixels of the longer side at most; smaller ones stay as they are
     */
    public Mono<byte[]> png(PredictionCompleted answer, int maxSide) {
        return pictures.read(answer)
                .publishOn(drawing)
                .flatMap(bytes ->
                        Mono.fromCallable(() -> Png.encode(decoders.get().decodeWithin(bytes, maxSide))));
    }

    @Override
    public void destroy() {
        drawing.dispose();
    }
}
