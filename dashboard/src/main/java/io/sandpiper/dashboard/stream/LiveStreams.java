/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.dashboard.DashboardProperties;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.service.ServiceReadiness;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs the {@link LiveTopology} and reads its stores. Thread-safe; a view costs a few milliseconds. */
@Component
public final class LiveStreams implements SmartLifecycle, ServiceReadiness {

    private static final String APPLICATION_ID = "dashboard-live";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int SHOWN = 20;

    private final DashboardProperties properties;
    private final ModelRegistryReader registry;
    private final KafkaStreams streams;
    private volatile boolean running;

    LiveStreams(DashboardProperties properties, KafkaProperties kafka, ModelRegistryReader dashboardModelRegistry) {
        this.properties = properties;
        this.registry = dashboardModelRegistry;
        this.streams = new KafkaStreams(LiveTopology.build(properties.history()), config(properties, kafka));
        this.streams.setUncaughtExceptionHandler(e -> StreamThreadExceptionResponse.REPLACE_THREAD);
    }

    public LiveView view() {
        Instant now = Instant.now();
        Map<String, String> models = new TreeMap<>();
        registry.current().models().forEach((name, model) -> {
            if (model.championVersion() != null) {
                models.put(name, model.championVersion());
            }
        });
        try {
            return new LiveView(now, true, throughput(now), latest(), models, trainings());
        } catch (InvalidStateStoreException e) {
            return new LiveView(now, false, List.of(), List.of(), models, List.of());
        }
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

    /** It counts what flows by. */
    @Override
    public boolean isReady() {
        return streams.state().isRunningOrRebalancing();
    }

    /** Before the web server, and so stopped after it. */
    @Override
    public int getPhase() {
        return 0;
    }

    private List<LiveView.Second> throughput(Instant now) {
        Instant end = now.truncatedTo(ChronoUnit.SECONDS);
        Instant start = end.minus(properties.history());
        Map<Instant, Map<String, Long>> seconds = new TreeMap<>();
        for (Instant second = start; second.isBefore(end); second = second.plus(LiveTopology.SECOND)) {
            seconds.put(second, new TreeMap<>());
        }
        var store = streams.store(StoreQueryParameters.fromNameAndType(
                LiveTopology.COUNTS, QueryableStoreTypes.<String, Long>windowStore()));
        try (var counts = store.fetchAll(start, end)) {
            counts.forEachRemaining(count -> {
                Map<String, Long> second =
                        seconds.get(Instant.ofEpochMilli(count.key.window().start()));
                if (second != null) {
                    second.merge(LiveTopology.modelAndState(count.key.key()).getValue(), count.value, Long::sum);
                }
            });
        }
        List<LiveView.Second> throughput = new ArrayList<>();
        seconds.forEach((at, answers) -> throughput.add(new LiveView.Second(at, answers)));
        return throughput;
    }

    private List<PredictionCompleted> latest() {
        var store = streams.store(StoreQueryParameters.fromNameAndType(
                LiveTopology.LATEST, QueryableStoreTypes.<Integer, PredictionCompleted>keyValueStore()));
        List<PredictionCompleted> latest = new ArrayList<>();
        try (var all = store.all()) {
            all.forEachRemaining(e -> latest.add(e.value));
        }
        latest.sort(Comparator.comparing(PredictionCompleted::completedAt).reversed());
        return latest.subList(0, Math.min(SHOWN, latest.size()));
    }

    private List<TrainingEvent> trainings() {
        var store = streams.store(StoreQueryParameters.fromNameAndType(
                LiveTopology.TRAININGS, QueryableStoreTypes.<String, TrainingEvent>keyValueStore()));
        List<TrainingEvent> trainings = new ArrayList<>();
        try (var all = store.all()) {
            all.forEachRemaining(e -> trainings.add(e.value));
        }
        trainings.sort(Comparator.comparing(TrainingEvent::at).reversed());
        return trainings.subList(0, Math.min(SHOWN, trainings.size()));
    }

    private static Properties config(DashboardProperties properties, KafkaProperties kafka) {
        Properties config = new Properties();
        config.putAll(kafka.buildStreamsProperties());
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
        config.put(StreamsConfig.CLIENT_ID_CONFIG, APPLICATION_ID);
        config.put(StreamsConfig.STATE_DIR_CONFIG, properties.stateDir().toString());
        config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "latest");
        return config;
    }
}
