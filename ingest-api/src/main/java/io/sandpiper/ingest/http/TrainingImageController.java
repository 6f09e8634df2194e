/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.upload.TrainingImages;
import io.sandpiper.schemas.Names;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes labelled pictures. A bad file is told of by name and does not touch the others. */
@RestController
@RequestMapping("/v1/models/{model}/training-images")
final class TrainingImageController {

    private static final int AT_ONCE = 4;

    private final IngestProperties properties;
    private final TrainingImages images;

    TrainingImageController(IngestProperties properties, TrainingImages images) {
        this.properties = properties;
        this.images = images;
    }

    /** @param reason why the file was not taken; absent when it was */
    record FileOutcome(
            String file, @Nullable String sha256, @Nullable Reason reason) {}

    record UploadView(long accepted, long rejected, List<FileOutcome> files) {

        static UploadView of(List<FileOutcome> files) {
            long accepted = files.stream().filter(f -> f.reason() == null).count();
            return new UploadView(accepted, files.size() - accepted, files);
        }
    }

    /**
     * Many parts named "file", one label for all.
     *
     * @param split keeps them on one side, TRAIN or TEST; absent leaves it to each picture's hash
     */
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<UploadView> upload(
            @PathVariable String model,
            @RequestParam String label,
            @RequestParam(required = false) @Nullable Split split,
            @RequestPart("file") Flux<Part> files) {
        ModelNames.require(model);
        String normalized = Names.normalizeLabel(label);
        if (!Names.isLabel(normalized)) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST, "invalid-label", "A label has 1 to 255 printable characters.");
        }
        return files.flatMapSequential(file -> accept(model, normalized, split, file), AT_ONCE)
                .collectList()
                .map(UploadView::of);
    }

    private Mono<FileOutcome> accept(String model, String label, @Nullable Split split, Part file) {
        return Bodies.read(file.content(), properties.imageLimits().maxBytes())
                .flatMap(bytes -> images.accept(model, label, split, bytes))
                .map(accepted -> new FileOutcome(name(file), accepted.sha256(), null))
                .onErrorResume(
                        ImageRejectedException.class,
                        e -> rejected(file, e.code().wireName(), String.valueOf(e.getMessage())))
                .onErrorResume(
                        DataBufferLimitException.class,
                        e -> rejected(file, "image-too-large", "The file is larger than a picture may be."));
    }

    private static Mono<FileOutcome> rejected(Part file, String code, String detail) {
        return Mono.just(new FileOutcome(name(file), null, new Reason(code, detail)));
    }

    private static String name(Part part) {
        return part instanceof FilePart file ? file.filename() : part.name();
    }
}
