/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.ingest.result.ResultStreams.Owner;
import io.sandpiper.schemas.IdempotencyKeyUsed;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.TrainingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Answers, wherever they are kept: the partitions of the results are spread over all instances of the API, and each of
 * them asks the one that has what it looks for. Nothing here blocks.
 */
@Component
public final class Results {

    private static final int LOOK_UP_RETRIES = 4;
    private static final Duration LOOK_UP_BACKOFF = Duration.ofMillis(20);
    private static final Duration ASK_AGAIN = Duration.ofMillis(250);

    private final ResultStreams streams;
    private final Peers peers;
    private final Scheduler blockingCalls;

    Results(ResultStreams streams, Peers peers, Scheduler blockingCalls) {
        this.streams = streams;
        this.peers = peers;
        this.blockingCalls = blockingCalls;
    }

    /** Empty while there is no final state. Fails with {@link ResultsUnavailableException} while a store restores. */
    public Mono<PredictionCompleted> find(String predictionId) {
        return retrying(owner(predictionId)
                .flatMap(owner -> owner.isHere()
                        ? look(predictionId, false)
                        : peers.find(owner.hosts(), predictionId, Duration.ZERO)));
    }

    /**
     * Completes when the answer is there, which may be at once; empty when the limit passes first. Fails with
     * {@link ResultsUnavailableException} when it could not be looked up until the end.
     */
    public Mono<PredictionCompleted> await(String predictionId, Duration limit) {
        return Mono.defer(() -> awaitUntil(predictionId, Instant.now().plus(limit)));
    }

    /** Of this instance alone, for the others. */
    public Mono<PredictionCompleted> findHere(String predictionId, boolean stale) {
        return retrying(look(predictionId, stale));
    }

    /** Of this instance alone, for the others. */
    public Mono<PredictionCompleted> awaitHere(String predictionId, Duration limit) {
        return Mono.using(
                        () -> streams.waiters().register(predictionId),
                        // Registered first, looked up second: so an answer in between is not missed.
                        waiter -> findHere(predictionId, false).switchIfEmpty(Mono.defer(waiter::answer)),
                        streams.waiters()::remove)
                .timeout(limit, Mono.empty());
    }

    /** The last event of a training job; empty when there is no such job, or its worker has not begun. */
    public Mono<TrainingEvent> findTraining(String jobId) {
        return retrying(
                lookUp(() -> Optional.ofNullable(streams.training(jobId))).flatMap(Mono::justOrEmpty));
    }

    /** The last event of every training job of a model, in no particular order. */
    public Mono<List<TrainingEvent>> findTrainings(String model) {
        return retrying(lookUp(() -> {
            List<TrainingEvent> jobs = new ArrayList<>();
            streams.forEachTraining(job -> {
                if (job.model().equals(model)) {
                    jobs.add(job);
                }
            });
            return jobs;
        }));
    }

    /** What an idempotency key stands for; empty when it is new. */
    public Mono<IdempotencyKeyUsed> findKey(String keyHash) {
        return retrying(lookUp(() -> streams.owner(KeyTopology.KEYS, keyHash))
                .flatMap(owner -> owner.isHere()
                        ? keyUse(keyHash)
                        : peers.findKey(owner.hosts().get(0), keyHash)));
    }

    /** Of this instance alone, for the others. */
    public Mono<IdempotencyKeyUsed> findKeyHere(String keyHash) {
        return retrying(keyUse(keyHash));
    }

    private Mono<IdempotencyKeyUsed> keyUse(String keyHash) {
        return lookUp(() -> Optional.ofNullable(streams.keyUse(keyHash))).flatMap(Mono::justOrEmpty);
    }

    /** How a bulk job gets on; empty when nothing is known of it (yet). */
    public Mono<BulkReport> findBulk(String jobId, @Nullable State state, int from, int limit) {
        return retrying(lookUp(() -> streams.owner(BulkTopology.JOBS, jobId))
                .flatMap(owner -> owner.isHere()
                        ? bulk(jobId, state, from, limit)
                        : peers.findBulk(owner.hosts().get(0), jobId, state, from, limit)));
    }

    /** Of this instance alone, for the others. */
    public Mono<BulkReport> findBulkHere(String jobId, @Nullable State state, int from, int limit) {
        return retrying(bulk(jobId, state, from, limit));
    }

    private Mono<BulkReport> bulk(String jobId, @Nullable State state, int from, int limit) {
        return lookUp(() -> Optional.ofNullable(streams.bulk(jobId, state, from, limit)))
                .flatMap(Mono::justOrEmpty);
    }

    /** Whether answers can be looked up now. */
    public boolean isReady() {
        return streams.isReady();
    }

    /** An instance that goes away, or a store that moves, ends the waiting there: then it is asked for again. */
    private Mono<PredictionCompleted> awaitUntil(String predictionId, Instant end) {
        Duration left = Duration.between(Instant.now(), end);
        return retrying(owner(predictionId))
                .flatMap(owner -> owner.isHere()
                        ? awaitHere(predictionId, left)
                        : retrying(peers.find(owner.hosts(), predictionId, left)))
                .onErrorResume(
                        ResultsUnavailableException.class,
                        e -> Instant.now().plus(ASK_AGAIN).isBefore(end)
                                ? Mono.delay(ASK_AGAIN).then(Mono.defer(() -> awaitUntil(predictionId, end)))
                                : Mono.error(e));
    }

    private Mono<Owner> owner(String predictionId) {
        return lookUp(() -> streams.owner(ResultTopology.PREDICTIONS, predictionId));
    }

    private Mono<PredictionCompleted> look(String predictionId, boolean stale) {
        return lookUp(() -> Optional.ofNullable(streams.find(predictionId, stale)))
                .flatMap(Mono::justOrEmpty);
    }

    private <T> Mono<T> lookUp(Callable<T> reading) {
        return Mono.fromCallable(reading).subscribeOn(blockingCalls);
    }

    /**
     * A store can go away between finding it and reading it, when its partitions move. It also says so for a moment
     * whenever it begins a new segment, so one refusal is not believed.
     */
    static <T> Mono<T> retrying(Mono<T> lookUp) {
        return lookUp.retryWhen(Retry.backoff(LOOK_UP_RETRIES, LOOK_UP_BACKOFF)
                .filter(InvalidStateStoreException.class::isInstance)
                .onRetryExhaustedThrow((spec, signal) -> new ResultsUnavailableException(signal.failure())));
    }
}
