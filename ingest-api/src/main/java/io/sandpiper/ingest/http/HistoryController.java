/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.publish.PredictionIds;
import io.sandpiper.ingest.result.History;
import io.sandpiper.ingest.result.HistoryQuery;
import io.sandpiper.schemas.PredictionCompleted;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The latest answers. A key sees those that it asked for; one that may do everything sees all. */
@RestController
final class HistoryController {

    private static final int MAX_PAGE = 1000;

    private final History history;

    HistoryController(History history) {
        this.history = history;
    }

    /** @param next to be asked for as before, for the page after this one; absent on the last */
    record HistoryView(
            List<PredictionView> predictions, @Nullable String next) {

        static HistoryView of(List<PredictionCompleted> answers, int limit) {
            return new HistoryView(
                    answers.stream().map(PredictionView::of).toList(),
                    answers.size() < limit ? null : answers.get(limit - 1).predictionId());
        }
    }

    @GetMapping("/v1/predictions")
    Mono<HistoryView> find(
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "50") int limit,
            ServerWebExchange exchange) {
        if (limit < 1 || limit > MAX_PAGE || (before != null && !PredictionIds.isOfOurKind(before))) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-page",
                    "limit is from 1 to %d, before is the id of a prediction.".formatted(MAX_PAGE));
        }
        String holder = ApiKeyFilter.holder(exchange).seesOnly();
        return history.find(new HistoryQuery(model, before, holder, limit))
                .map(answers -> HistoryView.of(answers, limit));
    }
}
