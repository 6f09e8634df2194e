/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.report;

import io.sandpiper.schemas.LoadTestEvent;
import io.sandpiper.schemas.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tells a Kafka what was measured: it is shown by the dashboard behind that. */
public final class Publisher {

    private static final String SOURCE = "/loadtest";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String brokers;
    private final PrintWriter err;

    /** @param err says in a line why somebody could not be told */
    public Publisher(String brokers, PrintWriter err) {
        this.brokers = brokers;
        this.err = err;
    }

    /** Blocks until Kafka has it, for seconds at most. What was measured stands whether it has it or not. */
    public void publish(LoadTestEvent event) {
        try (var producer = new KafkaProducer<>(config(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(Topics.LOAD_TESTS.record(event.id(), event, SOURCE)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            say(e);
        } catch (ExecutionException | KafkaException e) {
            say(e);
        }
    }

    private Map<String, Object> config() {
        int limit = (int) LIMIT.toMillis();
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                limit,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                limit / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                limit);
    }

    private void say(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        err.printf(
                "What was measured is not on the dashboard, as Kafka at %s did not take it: %s%n",
                brokers, root.getMessage() == null ? root : root.getMessage());
        err.flush();
    }
}
