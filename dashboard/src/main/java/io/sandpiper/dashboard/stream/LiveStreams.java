/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.dashboard.DashboardProperties;
import io.sandpiper.schemas.Lanes;
import io.sandpiper.service.ServiceReadiness;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs the {@link LiveTopology}. Thread-safe. */
@Component
final class LiveStreams implements SmartLifecycle, ServiceReadiness {

    private static final String APPLICATION_ID = "dashboard-live";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /**
     * Workers commit hundreds of times a second, and whoever waits for each of those costs the brokers as much as a worker
     * does. What is shown once a second may come a quarter of one late, but together.
     */
    private static final int FETCHED_BYTES = 1 << 20;

    private static final int FETCHED_MILLIS = 250;

    private final KafkaStreams streams;
    private volatile boolean running;

    LiveStreams(DashboardProperties properties, KafkaProperties kafka, Lanes lanes) {
        this.streams = new KafkaStreams(
                LiveTopology.build(lanes, properties.history(), properties.longHistory()), config(properties, kafka));
        this.streams.setUncaughtExceptionHandler(e -> StreamThreadExceptionResponse.REPLACE_THREAD);
    }

    /** @throws InvalidStateStoreException while the streams are starting, or partitions move */
    <V> ReadOnlyKeyValueStore<String, V> store(String name) {
        return streams.store(
                StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<String, V>keyValueStore()));
    }

    /**
     * How old what is being added up is.
     *
     * @param lastAnswer that was added up; null when that was long ago
     * @return zero when nothing waits to be added up
     */
    Duration behind(@Nullable Instant lastAnswer, Instant now) {
        boolean isWaiting = streams.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("records-lag-max"))
                .anyMatch(metric -> metric.metricValue() instanceof Double lag && lag > 0);
        return isWaiting && lastAnswer != null && lastAnswer.isBefore(now)
                ? Duration.between(lastAnswer, now)
                : Duration.ZERO;
    }

    @Override
    public void start() {
        running = true;
        streams.start();
    }

    @Override
    public void stop() {
        running = false;
        streams.close(CLOSE_LIMIT);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** It adds up what flows by. */
    @Override
    public boolean isReady() {
        return streams.state().isRunningOrRebalancing();
    }

    /** Before the web server, and so stopped after it. */
    @Override
    public int getPhase() {
        return 0;
    }

    private static Properties config(DashboardProperties properties, KafkaProperties kafka) {
        Properties config = new Properties();
        config.putAll(kafka.buildStreamsProperties());
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
        config.put(StreamsConfig.CLIENT_ID_CONFIG, APPLICATION_ID);
        config.put(StreamsConfig.STATE_DIR_CONFIG, properties.stateDir().toString());
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), FETCHED_BYTES);
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCHED_MILLIS);
        return config;
    }
}
