/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.admission.RefusedException;
import io.sandpiper.ingest.http.Submissions.Submission;
import io.sandpiper.ingest.idempotency.IdempotencyKeyException;
import io.sandpiper.ingest.publish.NotPublishedException;
import io.sandpiper.objectstore.ObjectStoreException;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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
    private final Callbacks callbacks;

    BatchController(Submissions submissions, Callbacks callbacks) {
        this.submissions = submissions;
        this.callbacks = callbacks;
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
        HttpHeaders headers = exchange.getRequest().getHeaders();
        Instant deadline = Deadline.of(headers.getFirst(Deadline.HEADER), Instant.now());
        String callback =
                callbacks.require(exchange.getRequest().getQueryParams().getFirst("callback"));
        String key = IdempotencyKeys.of(headers);
        return files.index()
                .flatMapSequential(
                        file -> submit(
                                holder,
                                new Submission(
                                        model,
                                        String.valueOf(file.getT2().headers().getContentType()),
                                        -1,
                                        deadline,
                                        callback,
                                        // Each file has a key of its own, and the same one when all of it is sent
                                        // again.
                                        key == null ? null : key + "/" + file.getT1()),
                                file.getT2()),
                        AT_ONCE)
                .collectList()
                .map(views -> ResponseEntity.accepted().body(views));
    }

    private Mono<FileView> submit(Holder holder, Submission submission, Part file) {
        String name = FileParts.name(file);
        return submissions
                .submit(holder, submission, file.content())
                .map(accepted -> new FileView(name, "PENDING", accepted.id(), null))
                .onErrorResume(
                        FileParts::isRejection,
                        e -> Mono.just(new FileView(name, "REJECTED", null, FileParts.rejection(e))))
                .onErrorResume(e -> {
                    Reason reason = notAccepted(e);
                    return reason == null ? Mono.error(e) : Mono.just(new FileView(name, "NOT_ACCEPTED", null, reason));
                });
    }

    /** Null for what we did not foresee: that fails all of it. */
    private static @Nullable Reason notAccepted(Throwable e) {
        if (e instanceof RefusedException refused) {
            return new Reason(refused.code(), String.valueOf(refused.getMessage()));
        }
        if (e instanceof IdempotencyKeyException key) {
            return new Reason(key.code(), String.valueOf(key.getMessage()));
        }
        if (e instanceof NotPublishedException) {
            return new Reason("not-acknowledged", "Kafka did not acknowledge in time.");
        }
        return e instanceof ObjectStoreException
                ? new Reason("store-unavailable", "The object store cannot be reached.")
                : null;
    }
}
