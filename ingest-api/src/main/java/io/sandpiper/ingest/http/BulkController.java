/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.admission.Admission;
import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.bulk.BulkUploads;
import io.sandpiper.ingest.bulk.BulkUploads.Taken;
import io.sandpiper.ingest.publish.PredictionIds;
import io.sandpiper.ingest.result.BulkEntry;
import io.sandpiper.ingest.result.BulkJob;
import io.sandpiper.ingest.result.BulkReport;
import io.sandpiper.ingest.result.Results;
import io.sandpiper.schemas.ApiKeyChanged.Scope;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topics;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes archives of pictures, and tells what became of each entry. */
@RestController
@RequestMapping("/v1/bulk")
final class BulkController {

    private static final int MAX_PAGE = 10_000;
    private static final String POLL_AFTER_SECONDS = "1";

    private final Submissions submissions;
    private final Admission admission;
    private final PredictionIds ids;
    private final BulkUploads uploads;
    private final Results results;
    private final ArchiveBodies bodies;

    BulkController(
            Submissions submissions,
            Admission admission,
            PredictionIds ids,
            BulkUploads uploads,
            ArchiveBodies bodies,
            Results results) {
        this.submissions = submissions;
        this.admission = admission;
        this.ids = ids;
        this.uploads = uploads;
        this.results = results;
        this.bodies = bodies;
    }

    /**
     * A bulk job.
     *
     * @param state RECEIVING, RUNNING, or FINISHED; INCOMPLETE when reading the archive had to stop and all before is done
     * @param entries how many there are; absent while they come in
     * @param counts by final state, and PENDING
     */
    record BulkView(
            String id,
            String model,
            String state,
            @Nullable Integer entries,
            Map<String, Integer> counts,
            @Nullable Reason reason,
            Instant startedAt,
            @Nullable Instant receivedAt) {

        static BulkView of(BulkReport report) {
            BulkJob job = report.job();
            int done = report.counts().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            Map<String, Integer> counts = new TreeMap<>();
            report.counts().forEach((state, count) -> counts.put(state.name(), count));
            if (job.entries() != null) {
                counts.put("PENDING", job.entries() - done);
            }
            return new BulkView(
                    job.jobId(),
                    job.model(),
                    state(job, done),
                    job.entries(),
                    counts,
                    job.reason(),
                    job.startedAt(),
                    job.receivedAt());
        }

        private static String state(BulkJob job, int done) {
            if (job.entries() == null) {
                return "RECEIVING";
            }
            if (done < job.entries()) {
                return "RUNNING";
            }
            return job.reason() == null ? "FINISHED" : "INCOMPLETE";
        }
    }

    /** A zip, a tar, a tar.gz, or NDJSON; read while it comes in, and answered when Kafka has all of it. */
    @PostMapping
    Mono<ResponseEntity<BulkView>> submit(@RequestParam String model, ServerWebExchange exchange) {
        submissions.requireModel(model);
        admission.admitBulk();
        Holder holder = ApiKeyFilter.holder(exchange);
        String key = IdempotencyKeys.of(exchange.getRequest().getHeaders());
        return bodies.read(exchange, body -> uploads.take(holder, model, key, body))
                .map(taken -> answer(model, taken));
    }

    @GetMapping("/{id}")
    Mono<BulkView> find(@PathVariable String id, ServerWebExchange exchange) {
        return report(id, null, 0, 0, exchange).map(BulkView::of);
    }

    /** @param from index of the first entry; with a state, of the first to look at */
    @GetMapping("/{id}/entries")
    Mono<List<BulkEntry>> entries(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable State state,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "1000") int limit,
            ServerWebExchange exchange) {
        if (from < 0 || limit < 1 || limit > MAX_PAGE) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST, "invalid-page", "from is 0 or more, limit is from 1 to " + MAX_PAGE + ".");
        }
        return report(id, state, from, limit, exchange).map(BulkReport::entries);
    }

    private Mono<BulkReport> report(String id, @Nullable State state, int from, int limit, ServerWebExchange exchange) {
        Holder holder = ApiKeyFilter.holder(exchange);
        Optional<Instant> issued = ids.issuedAt(id, holder.name());
        if (issued.isEmpty() && !holder.may(Scope.ADMIN)) {
            throw unknown();
        }
        if (issued.isPresent() && issued.get().plus(Topics.ANSWER_RETENTION).isBefore(Instant.now())) {
            throw new ApiException(
                    HttpStatus.GONE,
                    "bulk-expired",
                    "Reports are kept for %d hours.".formatted(Topics.ANSWER_RETENTION.toHours()));
        }
        return results.findBulk(id, state, from, limit)
                .switchIfEmpty(Mono.defer(() -> issued.isEmpty()
                        ? Mono.error(unknown())
                        : Mono.just(new BulkReport(BulkJob.started(id, "", issued.get()), Map.of(), List.of()))));
    }

    private static ApiException unknown() {
        return new ApiException(HttpStatus.NOT_FOUND, "unknown-bulk", "No bulk job was ever issued under this id.");
    }

    /** What came before the archive had to be left stands, and is told of under the job's address. */
    private static ResponseEntity<BulkView> answer(String model, Taken taken) {
        URI location = URI.create("/v1/bulk/" + taken.jobId());
        Reason reason = taken.reason();
        if (reason != null) {
            ApiException stopped = ArchiveBodies.stopped(reason);
            stopped.getBody().setProperty("bulkId", taken.jobId());
            stopped.getBody().setProperty("accepted", taken.accepted());
            stopped.getBody().setProperty("refused", taken.refused());
            stopped.getHeaders().setLocation(location);
            throw stopped;
        }
        Map<String, Integer> counts = new TreeMap<>();
        counts.put("PENDING", taken.accepted());
        counts.put("REJECTED", taken.refused());
        return ResponseEntity.accepted()
                .location(location)
                .header(HttpHeaders.RETRY_AFTER, POLL_AFTER_SECONDS)
                .body(new BulkView(
                        taken.jobId(),
                        model,
                        "RUNNING",
                        taken.accepted() + taken.refused(),
                        counts,
                        null,
                        taken.startedAt(),
                        Instant.now()));
    }
}
