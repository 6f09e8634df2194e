/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what lies in a topic, committed records only. */
final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(200);

    private TopicScan() {}

    /**
     * Up to where the topic ends now. What is no message of ours is passed over.
     *
     * @param from by the records' time stamps
     * @param to what comes later is left out
     */
    static void read(
            String brokers,
            Topic<?, ?> topic,
            Instant from,
            Instant to,
            Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        Properties config = new Properties();
        config.putAll(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false));
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            seek(consumer, partitions, from, ends);
            Set<TopicPartition> left = new HashSet<>(partitions);
            left.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
            while (!left.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (to.equals(Instant.MAX) || record.timestamp() <= to.toEpochMilli()) {
                        accept(record, sink);
                    }
                }
                left.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
            }
        }
    }

    private static void seek(
            KafkaConsumer<?, ?> consumer,
            List<TopicPartition> partitions,
            Instant from,
            Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, from.toEpochMilli())));
        consumer.offsetsForTimes(times)
                .forEach((partition, found) ->
                        consumer.seek(partition, found == null ? ends.getOrDefault(partition, 0L) : found.offset()));
    }

    private static void accept(ConsumerRecord<byte[], byte[]> record, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        try {
            sink.accept(record);
        } catch (MalformedMessageException e) {
            // names nobody who could be missed
        }
    }
}
