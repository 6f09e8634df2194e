/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.registry.Figures;
import io.sandpiper.schemas.IdempotencyKeyUsed;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs the topology, and looks into the stores of this instance. Every look-up blocks, and throws
 * {@link InvalidStateStoreException} when what it asks for is not here, or not yet.
 */
@Component
final class ResultStreams implements SmartLifecycle {

    private static final String APPLICATION_ID = "ingest-api-results";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final HostInfo self;
    private final Waiters waiters = new Waiters();
    private final KafkaStreams streams;
    private volatile boolean running;

    ResultStreams(IngestProperties properties, KafkaProperties kafka, DeliverySender webhooks) {
        this.self = HostInfo.buildFromEndpoint(properties.advertised());
        this.streams = new KafkaStreams(
                ResultTopology.build(Topics.ANSWER_RETENTION, waiters::complete, webhooks), config(properties, kafka));
        this.streams.setUncaughtExceptionHandler(e -> StreamThreadExceptionResponse.REPLACE_THREAD);
    }

    /**
     * Who keeps the answer of an id.
     *
     * @param hosts whom to ask, in this order; empty when it is this instance
     */
    record Owner(List<HostInfo> hosts) {

        boolean isHere() {
            return hosts.isEmpty();
        }
    }

    /** @param key a prediction id for the answers, a bulk job's for the bulk jobs */
    Owner owner(String store, String key) {
        KeyQueryMetadata metadata = metadata(store, key);
        if (metadata.activeHost().equals(self)) {
            return new Owner(List.of());
        }
        List<HostInfo> hosts = new ArrayList<>(List.of(metadata.activeHost()));
        hosts.addAll(metadata.standbyHosts());
        return new Owner(hosts);
    }

    /**
     * Only of the partition that the id belongs to: what another instance keeps is never taken for missing.
     *
     * @param stale whether a copy will do that another instance wrote
     */
    @Nullable
    PredictionCompleted find(String predictionId, boolean stale) {
        var query = StoreQueryParameters.fromNameAndType(
                        ResultTopology.PREDICTIONS, QueryableStoreTypes.<String, PredictionCompleted>windowStore())
                .withPartition(
                        metadata(ResultTopology.PREDICTIONS, predictionId).partition());
        ReadOnlyWindowStore<String, PredictionCompleted> store =
                running().store(stale ? query.enableStaleStores() : query);
        return AnswerStore.find(store, predictionId, System.currentTimeMillis());
    }

    /** Of this instance alone; what an idempotency key stands for. */
    @Nullable
    IdempotencyKeyUsed keyUse(String keyHash) {
        ReadOnlyWindowStore<String, IdempotencyKeyUsed> store = running()
                .store(StoreQueryParameters.fromNameAndType(
                                KeyTopology.KEYS, QueryableStoreTypes.<String, IdempotencyKeyUsed>windowStore())
                        .withPartition(metadata(KeyTopology.KEYS, keyHash).partition()));
        return InstantStore.latest(store, keyHash, System.currentTimeMillis());
    }

    /**
     * Of this instance alone.
     *
     * @param state only entries with that; null: all
     * @param from index of the first entry to list
     * @param limit how many to list
     */
    @Nullable
    BulkReport bulk(String jobId, @Nullable State state, int from, int limit) {
        int partition = metadata(BulkTopology.JOBS, jobId).partition();
        ReadOnlyKeyValueStore<String, BulkJob> jobs = running()
                .store(StoreQueryParameters.fromNameAndType(
                                BulkTopology.JOBS, QueryableStoreTypes.<String, BulkJob>keyValueStore())
                        .withPartition(partition));
        ReadOnlyKeyValueStore<String, BulkEntry> entries = running()
                .store(StoreQueryParameters.fromNameAndType(
                                BulkTopology.ENTRIES, QueryableStoreTypes.<String, BulkEntry>keyValueStore())
                        .withPartition(partition));
        BulkJob job = jobs.get(jobId);
        if (job == null) {
            return null;
        }
        Map<State, Integer> counts = new EnumMap<>(State.class);
        List<BulkEntry> listed = new ArrayList<>();
        try (var all =
                entries.range(BulkTopology.entryKey(jobId, 0), BulkTopology.entryKey(jobId, Integer.MAX_VALUE / 10))) {
            while (all.hasNext()) {
                BulkEntry entry = all.next().value;
                counts.merge(entry.state(), 1, Integer::sum);
                if (listed.size() < limit && entry.index() >= from && (state == null || entry.state() == state)) {
                    listed.add(entry);
                }
            }
        }
        return new BulkReport(job, counts, listed);
    }

    /** Instances that have a part of the store. */
    List<HostInfo> hosts(String store) {
        List<HostInfo> hosts = new ArrayList<>();
        for (StreamsMetadata instance : running().streamsMetadataForStore(store)) {
            if (!instance.topicPartitions().isEmpty()) {
                hosts.add(instance.hostInfo());
            }
        }
        return hosts;
    }

    boolean isHere(HostInfo host) {
        return host.equals(self);
    }

    /** Of the topic, those that this instance works on. */
    List<Integer> partitionsHere(String topic) {
        return running().metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .filter(partition -> partition.topic().equals(topic))
                .map(TopicPartition::partition)
                .sorted()
                .toList();
    }

    /** Of this instance alone. */
    ReadOnlyWindowStore<String, PredictionCompleted> predictions(int partition) {
        return running()
                .store(StoreQueryParameters.fromNameAndType(
                                ResultTopology.PREDICTIONS,
                                QueryableStoreTypes.<String, PredictionCompleted>windowStore())
                        .withPartition(partition));
    }

    /** Of this instance alone. */
    ReadOnlyKeyValueStore<String, Figures> figures() {
        return running()
                .store(StoreQueryParameters.fromNameAndType(
                        StatisticsTopology.MINUTES, QueryableStoreTypes.keyValueStore()));
    }

    /** Told of answers as this instance gets them. */
    Waiters waiters() {
        return waiters;
    }

    @Nullable
    TrainingEvent training(String jobId) {
        return trainings().get(jobId);
    }

    void forEachTraining(Consumer<TrainingEvent> action) {
        try (var all = trainings().all()) {
            all.forEachRemaining(job -> action.accept(job.value));
        }
    }

    boolean isReady() {
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

    private KeyQueryMetadata metadata(String store, String key) {
        KeyQueryMetadata metadata = running().queryMetadataForKey(store, key, new StringSerializer());
        if (metadata == null || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            throw new InvalidStateStoreException("partitions are being assigned");
        }
        return metadata;
    }

    private ReadOnlyKeyValueStore<String, TrainingEvent> trainings() {
        return running()
                .store(StoreQueryParameters.fromNameAndType(
                        ResultTopology.TRAINING_JOBS, QueryableStoreTypes.keyValueStore()));
    }

    private KafkaStreams running() {
        if (!running) {
            throw new InvalidStateStoreException("the streams are stopping");
        }
        return streams;
    }

    private static Properties config(IngestProperties properties, KafkaProperties kafka) {
        Properties config = new Properties();
        config.putAll(kafka.buildStreamsProperties());
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
        config.put(StreamsConfig.CLIENT_ID_CONFIG, APPLICATION_ID);
        config.put(StreamsConfig.APPLICATION_SERVER_CONFIG, properties.advertised());
        config.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, properties.standbyReplicas());
        config.put(StreamsConfig.STATE_DIR_CONFIG, properties.stateDir().toString());
        config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000");
        return config;
    }
}
