/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The registry, for reading. */
@RestController
@RequestMapping("/v1/models")
final class ModelController {

    private static final String PAGE = "report.html";
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    /** It was made by a trainer, of labels from strangers: whatever slipped into it runs nothing and asks nobody. */
    private static final String PAGE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
            + "frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

    private static final long MAX_REPORT_BYTES = 16 << 20;

    private final KnownModels known;
    private final ObjectStore store;
    private final Scheduler blockingCalls;

    ModelController(KnownModels known, ObjectStore store, Scheduler blockingCalls) {
        this.known = known;
        this.store = store;
        this.blockingCalls = blockingCalls;
    }

    @GetMapping
    List<ModelView> list() {
        return known.views();
    }

    @GetMapping("/{model}")
    ModelView find(@PathVariable String model) {
        return known.view(model);
    }

    /** How it did on pictures it never saw: for programs; as a page for people who prefer that, where there is one. */
    @GetMapping("/{model}/versions/{version}/report")
    Mono<ResponseEntity<byte[]>> report(
            @PathVariable String model, @PathVariable String version, ServerWebExchange exchange) {
        String number = known.version(model, version).version();
        Accepted accepted = Accepted.of(exchange.getRequest().getHeaders());
        return Mono.fromCallable(() -> accepted.prefersHtml() ? page(model, number, accepted) : json(model, number))
                .subscribeOn(blockingCalls);
    }

    private ResponseEntity<byte[]> page(String model, String version, Accepted accepted) {
        Optional<byte[]> page = stored(ObjectKeys.archivePart(model, version, PAGE));
        if (page.isPresent()) {
            return ResponseEntity.ok()
                    .contentType(HTML)
                    .header("Content-Security-Policy", PAGE_POLICY)
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                    .body(page.get());
        }
        if (accepted.json() > 0) {
            return json(model, version);
        }
        throw new ApiException(
                HttpStatus.NOT_ACCEPTABLE,
                "no-page",
                "This version has no page. Ask for its report as application/json.");
    }

    private ResponseEntity<byte[]> json(String model, String version) {
        return stored(ObjectKeys.report(model, version))
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
