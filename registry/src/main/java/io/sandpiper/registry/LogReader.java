/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its beginning, or from where it ends, alone: no consumer group, nothing committed, committed records only. Owned by one
 * thread, like the consumer inside.
 */
public final class LogReader implements AutoCloseable {

    /** Also how long a fetch waits at the broker: whatever else is asked, such as where the topic ends, waits behind it. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Collection<TopicPartition> partitions;

    /**
     * Waits for the topic's metadata, up to the client's {@code default.api.timeout.ms}.
     *
     * @param kafka client configuration, at least {@code bootstrap.servers}
     * @throws UnknownTopicOrPartitionException when there is no such topic yet
     */
    public LogReader(Map<String, Object> kafka, Topic<?, ?> topic) {
        consumer = new KafkaConsumer<>(readerConfig(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions = partitions(topic);
        if (partitions.isEmpty()) {
            consumer.close();
            throw new UnknownTopicOrPartitionException("there is no topic " + topic.name() + " yet");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Of what comes from now on: everything that is sent after this returned is read. */
    public static LogReader fromEnd(Map<String, Object> kafka, Topic<?, ?> topic) {
        LogReader reader = new LogReader(kafka, topic);
        reader.end().forEach(reader.consumer::seek);
        return reader;
    }

    private List<TopicPartition> partitions(Topic<?, ?> topic) {
        try {
            return consumer.partitionsFor(topic.name()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
        } catch (KafkaException e) {
            consumer.close();
            throw e;
        }
    }

    /** Everything that is in the topic now; what arrives meanwhile may or may not be among it. */
    public static void readToEnd(
            Map<String, Object> kafka, Topic<?, ?> topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        try (LogReader reader = new LogReader(kafka, topic)) {
            Map<TopicPartition, Long> end = reader.end();
            while (!reader.isPast(end)) {
                reader.poll().forEach(sink);
            }
        }
    }

    /**
     * The last of each partition; what arrives meanwhile may or may not be among them.
     *
     * @param count so many of each at most, or up to twice as many
     * @param what is kept of each: all of them together may be too large for memory
     */
    public static <T> List<T> last(
            Map<String, Object> kafka,
            Topic<?, ?> topic,
            long count,
            Function<ConsumerRecord<byte[], byte[]>, T> what) {
        List<T> records = new ArrayList<>();
        try (LogReader reader = new LogReader(kafka, topic)) {
            Map<TopicPartition, Long> end = reader.end();
            // Each second offset may be that of a mark that ends a transaction.
            end.forEach((partition, offset) -> reader.consumer.seek(partition, Math.max(0, offset - 2 * count)));
            while (!reader.isPast(end)) {
                reader.poll().forEach(record -> records.add(what.apply(record)));
            }
        }
        return records;
    }

    /** The record there; empty where there is none, or none any more. */
    public static Optional<ConsumerRecord<byte[], byte[]>> at(
            Map<String, Object> kafka, Topic<?, ?> topic, int partition, long offset) {
        TopicPartition there = new TopicPartition(topic.name(), partition);
        try (LogReader reader = new LogReader(kafka, topic)) {
            if (offset >= reader.end().getOrDefault(there, 0L)) {
                return Optional.empty();
            }
            reader.consumer.assign(List.of(there));
            reader.consumer.seek(there, offset);
            List<ConsumerRecord<byte[], byte[]>> next = List.of();
            while (next.isEmpty() && reader.consumer.position(there) <= offset) {
                next = reader.poll();
            }
            return next.stream().filter(record -> record.offset() == offset).findFirst();
        }
    }

    /** The next records, or none after a tenth of a second. */
    public List<ConsumerRecord<byte[], byte[]>> poll() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(POLL).forEach(records::add);
        return records;
    }

    /** Where the topic ends now: one round trip to the brokers. */
    Map<TopicPartition, Long> end() {
        return consumer.endOffsets(partitions);
    }

    boolean isPast(Map<TopicPartition, Long> end) {
        return end.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static Map<String, Object> readerConfig(Map<String, Object> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        config.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis());
        return config;
    }
}
