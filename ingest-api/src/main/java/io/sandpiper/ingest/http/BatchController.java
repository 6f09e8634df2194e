/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.admission.RefusedException;
import io.sandpiper.ingest.http.Submissions.Submission;
import io.sandpiper.ingest.publish.NotPublishedException;
import io.sandpiper.objectstore.ObjectStoreException;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes some pictures in one request. One that is bad, or comes too soon, does not touch the others. */
@RestController
@RequestMapping("/v1/predictions/batch")
final class BatchController {

    private static final int AT_ONCE = 4;

    private final Submissions submissions;

    BatchController(Submissions submissions) {
        this.submissions = submissions;
    }

    /**
     * What became of one file, in the order they were sent.
     *
     * @param state PENDING; REJECTED when the file is at fault; NOT_ACCEPTED when it is to be sent again
     * @param id absent unless it is PENDING
     */
    record FileView(
            String file,
            String state,
            @Nullable String id,
            @Nullable Reason reason) {}

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<ResponseEntity<List<FileView>>> submit(
            @RequestParam String model, @RequestPart("file") Flux<Part> files, ServerWebExchange exchange) {
        submissions.requireModel(model);
        Holder holder = ApiKeyFilter.holder(exchange);
        Instant deadline = Deadline.of(exchange.getRequest().getHeaders().getFirst(Deadline.HEADER), Instant.now());
        return files.flatMapSequential(file -> submit(holder, model, deadline, file), AT_ONCE)
                .collectList()
                .map(views -> ResponseEntity.accepted().body(views));
    }

    private Mono<FileView> submit(Holder holder, String model, @Nullable Instant deadline, Part file) {
        String name = file instanceof FilePart named ? named.filename() : file.name();
        Submission submission =
                new Submission(model, String.valueOf(file.headers().getContentType()), -1, deadline, null, null);
        return submissions
                .submit(holder, submission, file.content())
                .map(accepted -> new FileView(name, "PENDING", accepted.id(), null))
                .onErrorResume(
                        ImageRejectedException.class,
                        e -> view(name, "REJECTED", e.code().wireName(), String.valueOf(e.getMessage())))
                .onErrorResume(
                        DataBufferLimitException.class,
                        e -> view(name, "REJECTED", "image-too-large", "The file is larger than a picture may be."))
                .onErrorResume(
                        RefusedException.class,
                        e -> view(name, "NOT_ACCEPTED", e.code(), String.valueOf(e.getMessage())))
                .onErrorResume(
                        NotPublishedException.class,
                        e -> view(name, "NOT_ACCEPTED", "not-acknowledged", "Kafka did not acknowledge in time."))
                .onErrorResume(
                        ObjectStoreException.class,
                        e -> view(name, "NOT_ACCEPTED", "store-unavailable", "The object store cannot be reached."));
    }

    private static Mono<FileView> view(String file, String state, String code, String detail) {
        return Mono.just(new FileView(file, state, null, new Reason(code, detail)));
    }
}
