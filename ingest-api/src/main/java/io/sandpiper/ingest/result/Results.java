/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/** The answers: looked up in the Streams stores, off the event loop. */
@Component
public final class Results implements SmartLifecycle {

    private static final String APPLICATION_ID = "ingest-api-results";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private static final int LOOK_UP_RETRIES = 3;
    private static final Duration LOOK_UP_BACKOFF = Duration.ofMillis(20);

    private final Waiters waiters = new Waiters();
    private final KafkaStreams streams;
    private final Scheduler blockingCalls;
    private volatile boolean running;

    Results(IngestProperties properties, KafkaProperties kafka, Scheduler blockingCalls) {
        this.blockingCalls = blockingCalls;
        this.streams = new KafkaStreams(
                ResultTopology.build(Topics.ANSWER_RETENTION, waiters::complete), config(properties, kafka));
        this.streams.setUncaughtExceptionHandler(e -> StreamThreadExceptionResponse.REPLACE_THREAD);
    }

    /** Empty while there is no final state. Fails with {@link ResultsUnavailableException} while a store restores. */
    public Mono<PredictionCompleted> find(String predictionId) {
        return lookUp(() -> Optional.ofNullable(AnswerStore.find(answers(), predictionId, System.currentTimeMillis())))
                .flatMap(Mono::justOrEmpty);
    }

    /** Completes when the answer is there, which may be at once; empty when the limit passes first. */
    public Mono<PredictionCompleted> await(String predictionId, Duration limit) {
        return Mono.using(
                        () -> waiters.register(predictionId),
                        // Registered first, looked up second: so an answer in between is not missed.
                        waiter -> find(predictionId).switchIfEmpty(Mono.defer(waiter::answer)),
                        waiters::remove)
                .timeout(limit, Mono.empty());
    }

    /** The last event of a training job; empty when there is no such job, or its worker has not begun. */
    public Mono<TrainingEvent> findTraining(String jobId) {
        return lookUp(() -> Optional.ofNullable(trainings().get(jobId))).flatMap(Mono::justOrEmpty);
    }

    /** The last event of every training job of a model, in no particular order. */
    public Mono<List<TrainingEvent>> findTrainings(String model) {
        return lookUp(() -> {
            List<TrainingEvent> jobs = new ArrayList<>();
            try (var all = trainings().all()) {
                all.forEachRemaining(e -> {
                    if (e.value.model().equals(model)) {
                        jobs.add(e.value);
                    }
                });
            }
            return jobs;
        });
    }

    /** Whether answers can be looked up now. */
    public boolean isReady() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public void start() {
        running = true;
        streams.start();
    }

    @Override
    public void stop() {
        running = false;
        streams.close(CloseOptions.timeout(CLOSE_LIMIT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, and so stopped after it: requests that are still answered may look things up. */
    @Override
    public int getPhase() {
        return 0;
    }

    private ReadOnlyWindowStore<String, PredictionCompleted> answers() {
        return store(ResultTopology.PREDICTIONS, QueryableStoreTypes.windowStore());
    }

    private ReadOnlyKeyValueStore<String, TrainingEvent> trainings() {
        return store(ResultTopology.TRAINING_JOBS, QueryableStoreTypes.keyValueStore());
    }

    /**
     * A store can go away between finding it and reading it, when its partitions move. It also says so for a moment
     * whenever it begins a new segment, so one refusal is not believed.
     */
    private <T> Mono<T> lookUp(Callable<T> reading) {
        return Mono.fromCallable(reading)
                .subscribeOn(blockingCalls)
                .retryWhen(Retry.backoff(LOOK_UP_RETRIES, LOOK_UP_BACKOFF)
                        .filter(InvalidStateStoreException.class::isInstance)
                        .onRetryExhaustedThrow((spec, signal) -> new ResultsUnavailableException(signal.failure())));
    }

    private <S> S store(String name, QueryableStoreType<S> type) {
        if (!running) {
            throw new InvalidStateStoreException("the streams are stopping");
        }
        return streams.store(StoreQueryParameters.fromNameAndType(name, type));
    }

    private static Properties config(IngestProperties properties, KafkaProperties kafka) {
        Properties config = new Properties();
        config.putAll(kafka.buildStreamsProperties());
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
        config.put(StreamsConfig.CLIENT_ID_CONFIG, APPLICATION_ID);
        config.put(StreamsConfig.STATE_DIR_CONFIG, properties.stateDir().toString());
        config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000");
        return config;
    }
}
