/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.bulk;

import io.sandpiper.ingest.Blocking;
import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.admission.Admission;
import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.archive.ArchiveLimits;
import io.sandpiper.ingest.archive.ArchiveReader;
import io.sandpiper.ingest.archive.ArchiveStoppedException;
import io.sandpiper.ingest.idempotency.IdempotencyKeyException;
import io.sandpiper.ingest.idempotency.KeyedSubmissions;
import io.sandpiper.ingest.publish.BulkPublisher;
import io.sandpiper.ingest.publish.BulkPublisher.TakenOverException;
import io.sandpiper.ingest.publish.PredictionIds;
import io.sandpiper.ingest.result.BulkJob;
import io.sandpiper.ingest.result.Results;
import io.sandpiper.ingest.result.ResultsUnavailableException;
import io.sandpiper.schemas.BulkResumed;
import io.sandpiper.schemas.BulkStarted;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes an archive apart: each picture goes to the bulk lane by itself, each bad entry into the job's report. Sent again
 * under its key, only what is missing is taken.
 */
@Component
public final class BulkUploads {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(10);

    private final IngestProperties properties;
    private final PredictionIds ids;
    private final BulkPublisher publisher;
    private final KeyedSubmissions keys;
    private final Results results;
    private final Admission admission;

    BulkUploads(
            IngestProperties properties,
            PredictionIds ids,
            BulkPublisher publisher,
            KeyedSubmissions keys,
            Results results,
            Admission admission) {
        this.properties = properties;
        this.ids = ids;
        this.publisher = publisher;
        this.keys = keys;
        this.results = results;
        this.admission = admission;
    }

    /**
     * What was taken in, now or before.
     *
     * @param accepted pictures that Kafka has
     * @param refused entries that are told of in the report
     * @param reason why reading stopped before the end; absent when it did not
     */
    public record Taken(
            String jobId,
            Instant startedAt,
            int accepted,
            int refused,
            @Nullable Reason reason) {}

    /**
     * Reads to the end, or to where it has to stop, and returns when Kafka has everything. Blocks all that time.
     *
     * @param key under which it may be sent again; null: none
     * @throws IdempotencyKeyException when the key stands for something else, or somebody sends it this moment
     */
    public Taken take(Holder holder, String model, @Nullable String key, InputStream body) throws InterruptedException {
        String fresh = ids.next(holder.name());
        String jobId =
                key == null ? fresh : String.valueOf(Blocking.await(keys.claimJob(holder.name(), key, model, fresh)));
        try (BulkPublisher.Job job = publisher.open(jobId)) {
            BulkJob before = jobId.equals(fresh) ? start(job, jobId, model) : resume(job, jobId, model);
            Intake intake = new Intake(
                    job, before, properties.imageLimits(), () -> ids.next(holder.name()), () -> admission.pace(holder));
            Reason reason = null;
            try {
                new ArchiveReader(ArchiveLimits.of(properties), intake).read(body);
            } catch (ArchiveStoppedException e) {
                reason = e.reason();
            }
            intake.end(reason);
            return new Taken(jobId, before.startedAt(), intake.accepted(), intake.refused(), reason);
        } catch (TakenOverException e) {
            throw IdempotencyKeyException.inUse();
        }
    }

    private static BulkJob start(BulkPublisher.Job job, String jobId, String model) {
        Instant now = Instant.now();
        job.send(List.of(), List.of(new BulkStarted(jobId, model, now)));
        return BulkJob.started(jobId, model, now);
    }

    /** Nobody else sends any more; once our mark is through, what they sent is known. */
    private BulkJob resume(BulkPublisher.Job job, String jobId, String model) {
        String attempt = UUID.randomUUID().toString();
        Instant now = Instant.now();
        job.send(List.of(), List.of(new BulkStarted(jobId, model, now), new BulkResumed(jobId, attempt, now)));
        return Objects.requireNonNull(Blocking.await(results.findBulk(jobId, null, 0, 0)
                        .filter(found -> attempt.equals(found.job().attempt()))
                        .repeatWhenEmpty(empties -> empties.delayElements(LOOK_EVERY))
                        .timeout(LOOK_LIMIT)
                        .onErrorMap(TimeoutException.class, ResultsUnavailableException::new)))
                .job();
    }
}
