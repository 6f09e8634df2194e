/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** CloudEvents 1.0 in the Kafka binding's binary mode: metadata in headers, the value left as it is. */
public final class CloudEvents {

    public static final String CONTENT_TYPE = "content-type";
    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String TYPE = "ce_type";
    public static final String SOURCE = "ce_source";
    public static final String TIME = "ce_time";
    /** Extension attribute: the model a picture is meant for. */
    public static final String MODEL = "ce_model";

    /** Extension attribute: until when an answer is of use; RFC 3339. */
    public static final String DEADLINE = "ce_deadline";

    /** Extension attributes: the bulk job, and the number and name of the entry in it. */
    public static final String BULK_JOB = "ce_bulkjob";

    public static final String BULK_INDEX = "ce_bulkindex";
    public static final String BULK_NAME = "ce_bulkname";

    /** Extension attribute: where the answer is to be posted. */
    public static final String CALLBACK = "ce_callback";

    /** The Dataref extension: the picture lies in the object store, under this key; with its hash and its size. */
    public static final String DATA_REF = "ce_dataref";

    public static final String DATA_SHA256 = "ce_datasha256";
    public static final String DATA_SIZE = "ce_datasize";

    private CloudEvents() {}

    static void describe(Headers headers, String id, String type, String source, Instant time) {
        put(headers, SPEC_VERSION, "1.0");
        put(headers, ID, id);
        put(headers, TYPE, type);
        put(headers, SOURCE, source);
        put(headers, TIME, time.toString());
    }

    static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The header as text; null where there is none, or none with a value. */
    public static @Nullable String get(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
