/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/**
 * What a load test measured. Every event tells all of the test, so that its last one is enough to know it. Texts are no longer
 * than {@link BoundedText#LENGTH}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LoadRunMeasured.class, name = "LoadRunMeasured"),
    @JsonSubTypes.Type(value = LoadSweepMeasured.class, name = "LoadSweepMeasured")
})
public sealed interface LoadTestEvent permits LoadRunMeasured, LoadSweepMeasured {

    String id();

    Instant startedAt();

    /** Of a sweep that goes on: when the last of its cases was measured. */
    Instant endedAt();

    /** How pictures get in. */
    enum RouteKind {
        /** Records of the topic images. */
        KAFKA,
        /** A request each. */
        HTTP,
        /** Many in a form. */
        BATCH
    }

    /** Percentiles in milliseconds, from the time at which a picture was to be sent to its answer. */
    record Latency(double p50, double p95, double p99) {}
}
