/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.objectstore.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reports that lie in the object store: for programs; as a page for people who prefer that, where there is one. Thread-safe. */
@Component
final class StoredReports {

    private static final String REPORT = "report.json";
    private static final String PAGE = "report.html";
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    /** It was made by a trainer, of labels from strangers: whatever slipped into it runs nothing and asks nobody. */
    private static final String PAGE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
            + "frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

    private static final long MAX_REPORT_BYTES = 16 << 20;

    private final ObjectStore store;
    private final Scheduler blockingCalls;

    StoredReports(ObjectStore store, Scheduler blockingCalls) {
        this.store = store;
        this.blockingCalls = blockingCalls;
    }

    /**
     * In the form that the client prefers.
     *
     * @param key of a file of the report, by its name
     * @return an ApiException when there is none, or not in a form that the client takes
     */
    Mono<ResponseEntity<byte[]>> find(UnaryOperator<String> key, HttpHeaders headers) {
        Accepted accepted = Accepted.of(headers);
        return Mono.fromCallable(() -> accepted.prefersHtml() ? page(key, accepted) : json(key))
                .subscribeOn(blockingCalls);
    }

    private ResponseEntity<byte[]> page(UnaryOperator<String> key, Accepted accepted) {
        Optional<byte[]> page = stored(key.apply(PAGE));
        if (page.isPresent()) {
            return ResponseEntity.ok()
                    .contentType(HTML)
                    .header("Content-Security-Policy", PAGE_POLICY)
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                    .body(page.get());
        }
        if (accepted.json() > 0) {
            return json(key);
        }
        throw new ApiException(
                HttpStatus.NOT_ACCEPTABLE,
                "no-page",
                "This version has no page. Ask for its report as application/json.");
    }

    private ResponseEntity<byte[]> json(UnaryOperator<String> key) {
        return stored(key.apply(REPORT))
                .map(report -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                        .body(report))
                .orElseThrow(() ->
                        new ApiException(HttpStatus.NOT_FOUND, "no-report", "Nobody evaluated this version here."));
    }

    private Optional<byte[]> stored(String key) {
        return store.get(key, MAX_REPORT_BYTES);
    }
}
