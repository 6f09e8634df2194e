/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.admission.Admission;
import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.lineage.Lineage;
import io.sandpiper.ingest.lineage.Lineages;
import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Tells where an answer came from. */
@RestController
final class LineageController {

    private final KnownPredictions predictions;
    private final Lineages lineages;
    private final Admission admission;

    LineageController(KnownPredictions predictions, Lineages lineages, Admission admission) {
        this.predictions = predictions;
        this.lineages = lineages;
        this.admission = admission;
    }

    /** Reads the picture's record, so it counts as much as a picture. */
    @GetMapping("/v1/predictions/{id}/lineage")
    Mono<Lineage> find(@PathVariable String id, ServerWebExchange exchange) {
        Holder holder = ApiKeyFilter.holder(exchange);
        return Mono.using(
                () -> admission.explain(holder),
                ticket -> predictions.answered(id, holder, Duration.ZERO).flatMap(lineages::of),
                Admission.Ticket::close);
    }
}
