/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Holds records against the JSON Schema of the message that they say they are. */
final class MessageContract {

    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final String PREFIX = "io.sandpiper.";

    private MessageContract() {}

    /** @throws AssertionError when it is not what it says */
    static void check(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || !"application/json".equals(header(record, "content-type"))) {
            return;
        }
        String where = "%s offset %d".formatted(record.topic(), record.offset());
        String type = header(record, "ce_type");
        if (!type.startsWith(PREFIX)) {
            throw new AssertionError(where + " is JSON and has the type " + type);
        }
        String value = new String(record.value(), StandardCharsets.UTF_8);
        var violations = SCHEMAS.computeIfAbsent(type.substring(PREFIX.length()), MessageContract::schema)
                .validate(value, InputFormat.JSON);
        if (!violations.isEmpty()) {
            throw new AssertionError("%s: %s in %s".formatted(where, violations, value));
        }
    }

    private static Schema schema(String name) {
        try (InputStream in = MessageContract.class.getResourceAsStream("/schemas/" + name + ".schema.json")) {
            if (in == null) {
                throw new AssertionError("there is no schema for " + name);
            }
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
