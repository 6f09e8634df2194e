/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.publish.PredictionIds;
import io.sandpiper.ingest.result.Results;
import io.sandpiper.schemas.ApiKeyChanged.Scope;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Predictions by id for whoever may see them, or the answer that there is none. Thread-safe. */
@Component
final class KnownPredictions {

    private final PredictionIds ids;
    private final Results results;

    KnownPredictions(PredictionIds ids, Results results) {
        this.ids = ids;
        this.results = results;
    }

    /** @throws ApiException when the id was never issued to the holder, and who may do everything asks neither */
    Optional<Instant> issuedAt(String id, Holder holder) {
        Optional<Instant> issued = ids.issuedAt(id, holder.name());
        if (issued.isEmpty() && !holder.may(Scope.ADMIN)) {
            throw unknown();
        }
        return issued;
    }

    /** The final state; fails with an {@link ApiException} when there is none within the limit. Only our own are waited for. */
    Mono<PredictionCompleted> answered(String id, Holder holder, Duration limit) {
        Optional<Instant> issued = issuedAt(id, holder);
        Mono<PredictionCompleted> result =
                limit.isZero() || issued.isEmpty() ? results.find(id) : results.await(id, limit);
        return result.switchIfEmpty(Mono.error(() -> {
            requirePending(issued);
            ApiException early = new ApiException(
                    HttpStatus.CONFLICT, "not-answered", "There is no answer yet. Ask again when there is one.");
            early.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
            return early;
        }));
    }

    /**
     * Why there is no answer, if it is not that it will come: the id itself tells.
     *
     * @return when it was issued
     */
    static Instant requirePending(Optional<Instant> issuedToHolder) {
        Instant issued = issuedToHolder.orElseThrow(KnownPredictions::unknown);
        if (issued.plus(Topics.ANSWER_RETENTION).isBefore(Instant.now())) {
            throw new ApiException(
                    HttpStatus.GONE,
                    "prediction-expired",
                    "Results are kept for %d hours.".formatted(Topics.ANSWER_RETENTION.toHours()));
        }
        return issued;
    }

    static ApiException unknown() {
        return new ApiException(
                HttpStatus.NOT_FOUND, "unknown-prediction", "No prediction was ever issued under this id.");
    }
}
