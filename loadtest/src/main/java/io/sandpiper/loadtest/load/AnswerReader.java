/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the answers that come from now on, of all partitions, committed ones only; on a thread of its own. */
final class AnswerReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int START_SECONDS = 30;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Measurement measurement;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "answers");
    private volatile boolean closed;

    private AnswerReader(String brokers, Measurement measurement) {
        Properties config = new Properties();
        config.putAll(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000));
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.measurement = measurement;
    }

    /** Returns when it stands at the end of every partition. */
    static AnswerReader start(String brokers, Measurement measurement) throws InterruptedException {
        AnswerReader reader = new AnswerReader(brokers, measurement);
        reader.thread.setDaemon(true);
        reader.thread.start();
        if (!reader.ready.await(START_SECONDS, TimeUnit.SECONDS)) {
            reader.close();
            throw new IllegalStateException("the answers could not be read within " + START_SECONDS + " s");
        }
        return reader;
    }

    private void run() {
        try (consumer) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.PREDICTIONS.name()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            ready.countDown();
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    read(record);
                }
            }
        }
    }

    /** What is no answer was not sent by a worker, and is nobody's. */
    private void read(ConsumerRecord<byte[], byte[]> record) {
        PredictionCompleted result;
        try {
            result = Topics.PREDICTIONS.value(record);
        } catch (MalformedMessageException e) {
            return;
        }
        measurement.answered(result);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
