/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.admission.Admission;
import io.sandpiper.ingest.dataset.TrainingArchives;
import io.sandpiper.ingest.dataset.TrainingImages;
import io.sandpiper.ingest.dataset.TrainingImages.Outcome;
import io.sandpiper.schemas.Names;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.Part;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes labelled pictures. A bad file is told of by name and does not touch the others. */
@RestController
@RequestMapping("/v1/models/{model}")
final class TrainingImageController {

    private static final int AT_ONCE = 4;
    private static final String REJECTED = "REJECTED";

    private final IngestProperties properties;
    private final Admission admission;
    private final TrainingImages images;
    private final TrainingArchives archives;
    private final ArchiveBodies bodies;

    TrainingImageController(
            IngestProperties properties,
            Admission admission,
            TrainingImages images,
            TrainingArchives archives,
            ArchiveBodies bodies) {
        this.properties = properties;
        this.admission = admission;
        this.images = images;
        this.archives = archives;
        this.bodies = bodies;
    }

    /**
     * What became of one file.
     *
     * @param outcome ACCEPTED, DUPLICATE, RELABELLED or REJECTED
     * @param sha256 under which it is stored; absent when it is not
     * @param reason why the file was not taken; absent when it was
     */
    record FileOutcome(
            String file,
            String outcome,
            @Nullable String sha256,
            @Nullable Reason reason) {}

    /**
     * What became of all of them.
     *
     * @param files each of a form; of an archive those that were not taken
     */
    record UploadView(int accepted, int duplicates, int relabelled, int rejected, List<FileOutcome> files) {

        static UploadView of(List<FileOutcome> files) {
            return new UploadView(
                    count(files, Outcome.ACCEPTED.name()),
                    count(files, Outcome.DUPLICATE.name()),
                    count(files, Outcome.RELABELLED.name()),
                    count(files, REJECTED),
                    files);
        }

        static UploadView of(TrainingArchives.Taken taken) {
            return new UploadView(
                    taken.counts().getOrDefault(Outcome.ACCEPTED, 0),
                    taken.counts().getOrDefault(Outcome.DUPLICATE, 0),
                    taken.counts().getOrDefault(Outcome.RELABELLED, 0),
                    taken.refused().size(),
                    taken.refused().stream()
                            .map(r -> new FileOutcome(r.file(), REJECTED, null, r.reason()))
                            .toList());
        }

        private static int count(List<FileOutcome> files, String outcome) {
            return (int) files.stream().filter(f -> f.outcome().equals(outcome)).count();
        }
    }

    /**
     * Many parts named "file", one label for all.
     *
     * @param split keeps them on one side, TRAIN or TEST; absent leaves it to each picture's hash
     */
    @PostMapping(path = "/training-images", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<UploadView> upload(
            @PathVariable String model,
            @RequestParam String label,
            @RequestParam(required = false) @Nullable Split split,
            @RequestPart("file") Flux<Part> files) {
        ModelNames.require(model);
        String normalized = Labels.normalize(label);
        return files.flatMapSequential(file -> accept(model, normalized, split, file), AT_ONCE)
                .collectList()
                .map(UploadView::of);
    }

    /** A zip, a tar, a tar.gz or NDJSON with a folder a class; read while it comes in. */
    @PostMapping(path = "/training-images", consumes = "!" + MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<UploadView> uploadArchive(@PathVariable String model, ServerWebExchange exchange) {
        ModelNames.require(model);
        return bodies.read(exchange, body -> archives.take(model, body)).map(taken -> {
            UploadView view = UploadView.of(taken);
            Reason reason = taken.reason();
            if (reason != null) {
                ApiException stopped = ArchiveBodies.stopped(reason);
                stopped.getBody().setProperty("upload", view);
                throw stopped;
            }
            return view;
        });
    }

    /** A labelled picture as it is stored. */
    @GetMapping("/training-images/{sha256}")
    Mono<ResponseEntity<byte[]>> picture(@PathVariable String model, @PathVariable String sha256) {
        if (!Names.isModelName(model) || !sha256.matches("[0-9a-f]{64}")) {
            throw unknownPicture();
        }
        return images.read(model, sha256)
                .map(png -> ResponseEntity.ok()
                        .contentType(MediaType.IMAGE_PNG)
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + sha256 + ".png\"")
                        .body(png))
                .switchIfEmpty(Mono.error(TrainingImageController::unknownPicture));
    }

    private static ApiException unknownPicture() {
        return new ApiException(
                HttpStatus.NOT_FOUND, "unknown-picture", "The model has no labelled picture of that hash.");
    }

    private Mono<FileOutcome> accept(String model, String label, @Nullable Split split, Part file) {
        String name = FileParts.name(file);
        return Mono.using(
                        () -> admission.reserve(0),
                        memory -> Bodies.read(
                                        file.content(), properties.imageLimits().maxBytes(), memory)
                                .flatMap(bytes -> images.accept(model, label, split, bytes)))
                .map(kept -> new FileOutcome(name, kept.outcome().name(), kept.sha256(), null))
                .onErrorResume(
                        FileParts::isRejection,
                        e -> Mono.just(new FileOutcome(name, REJECTED, null, FileParts.rejection(e))));
    }
}
