/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.objectstore.ObjectKeys;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The registry, for reading. */
@RestController
@RequestMapping("/v1/models")
final class ModelController {

    private final KnownModels known;
    private final StoredReports reports;

    ModelController(KnownModels known, StoredReports reports) {
        this.known = known;
        this.reports = reports;
    }

    @GetMapping
    List<ModelView> list() {
        return known.views();
    }

    @GetMapping("/{model}")
    ModelView find(@PathVariable String model) {
        return known.view(model);
    }

    /** How it did on pictures it never saw. */
    @GetMapping("/{model}/versions/{version}/report")
    Mono<ResponseEntity<byte[]>> report(
            @PathVariable String model, @PathVariable String version, ServerWebExchange exchange) {
        String number = known.version(model, version).version();
        return reports.find(
                name -> ObjectKeys.archivePart(model, number, name),
                exchange.getRequest().getHeaders());
    }
}
