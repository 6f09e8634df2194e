/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * A topic with the types of its key and value, so that nobody has to pair them by hand. Clients move bytes; this is
 * where bytes become messages, and so where a malformed record shows itself to the code that can answer for it.
 *
 * @param partitions when the topic is created; an existing topic keeps what it has
 * @param config topic configuration, Kafka's own names; replication is the broker's default
 */
public record Topic<K, V>(
        String name, Serde<K> keySerde, Serde<V> valueSerde, int partitions, Map<String, String> config) {

    public Topic {
        config = Map.copyOf(config);
    }

    NewTopic newTopic(int count) {
        return new NewTopic(name, Optional.of(count), Optional.empty()).configs(config);
    }

    /** A record with the CloudEvents headers of a message whose type is the value's own class. */
    public ProducerRecord<byte[], byte[]> record(K key, V value, String source) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                name,
                keySerde.serializer().serialize(name, key),
                valueSerde.serializer().serialize(name, value));
        CloudEvents.describe(record.headers(), UUID.randomUUID().toString(), messageType(value), source, Instant.now());
        record.headers().add(CloudEvents.CONTENT_TYPE, "application/json".getBytes(StandardCharsets.US_ASCII));
        return record;
    }

    /** @throws MalformedMessageException when there is no key, or it is not of the key's type */
    public K key(ConsumerRecord<byte[], byte[]> record) {
        K key = keySerde.deserializer().deserialize(name, record.key());
        if (key == null) {
            throw new MalformedMessageException("a record of " + name + " has no key", null);
        }
        return key;
    }

    /** @throws MalformedMessageException when there is no value, or it is not of the value's type */
    public V value(ConsumerRecord<byte[], byte[]> record) {
        V value = valueSerde.deserializer().deserialize(name, record.value());
        if (value == null) {
            throw new MalformedMessageException("a record of " + name + " has no value", null);
        }
        return value;
    }

    private static String messageType(Object value) {
        return "io.sandpiper." + value.getClass().getSimpleName() + ".v1";
    }
}
