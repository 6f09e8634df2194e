/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import io.sandpiper.schemas.ImageSubmitted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records of the topic images, as any Kafka client may write them. */
final class KafkaRoute implements Route {

    private static final String SOURCE = "/loadtest";

    private final String model;
    private final Measurement measurement;
    private final KafkaProducer<byte[], byte[]> producer;

    KafkaRoute(String brokers, Workload workload, Measurement measurement) {
        this.model = workload.model();
        this.measurement = measurement;
        Properties config = new Properties();
        config.putAll(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                2,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                120_000));
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void send(List<Shot> shots) {
        for (Shot shot : shots) {
            String id = newId();
            ImageSubmitted submitted = new ImageSubmitted(id, model, "image/jpeg", Instant.now(), shot.bytes());
            var unused = producer.send(submitted.toRecord(SOURCE), (metadata, e) -> {
                if (e == null) {
                    measurement.accepted(id, shot.picture(), shot.intended());
                } else {
                    measurement.unknown(e, id, shot.picture());
                }
            });
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    /** UUID version 7 (RFC 9562, section 5.7): the answers to such ids are found by time. */
    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (System.currentTimeMillis() << 16) | 0x7000 | (random.nextLong() & 0xfff);
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
