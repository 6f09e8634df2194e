/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.ingest.admission.Admission;
import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.picture.PicturePreviews;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Shows what was sent. */
@RestController
final class PictureController {

    private static final int SMALLEST = 16;
    private static final int LARGEST = 1024;
    private static final Duration LATER = Duration.ofSeconds(1);

    private final KnownPredictions predictions;
    private final PicturePreviews previews;
    private final Admission admission;

    PictureController(KnownPredictions predictions, PicturePreviews previews, Admission admission) {
        this.predictions = predictions;
        this.previews = previews;
        this.admission = admission;
    }

    /** Reads the picture's record, so it counts as much as a picture. */
    @GetMapping("/v1/predictions/{id}/picture")
    Mono<ResponseEntity<byte[]>> find(
            @PathVariable String id, @RequestParam(defaultValue = "512") int size, ServerWebExchange exchange) {
        if (size < SMALLEST || size > LARGEST) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST, "invalid-size", "size is from %d to %d.".formatted(SMALLEST, LARGEST));
        }
        Holder holder = ApiKeyFilter.holder(exchange);
        return Mono.using(
                () -> admission.explain(holder),
                ticket -> predictions
                        .answered(id, holder, Duration.ZERO)
                        .flatMap(answer -> previews.png(answer, size))
                        .map(png -> answer(id, png))
                        .switchIfEmpty(Mono.error(() ->
                                new ApiException(HttpStatus.GONE, "picture-gone", "The picture is not kept any more.")))
                        .onErrorMap(ImageRejectedException.class, PictureController::undrawable)
                        .onErrorMap(RejectedExecutionException.class, PictureController::busy),
                Admission.Ticket::close);
    }

    private static ResponseEntity<byte[]> answer(String id, byte[] png) {
        String name =
                ContentDisposition.attachment().filename(id + ".png").build().toString();
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_PNG)
                .header(HttpHeaders.CONTENT_DISPOSITION, name)
                .body(png);
    }

    private static ApiException undrawable(ImageRejectedException e) {
        return new ApiException(HttpStatus.CONFLICT, e.code().wireName(), String.valueOf(e.getMessage()));
    }

    private static ApiException busy(RejectedExecutionException e) {
        return ApiException.unavailable("too-many-pictures", "Too many look at pictures. Come back later.", LATER);
    }
}
