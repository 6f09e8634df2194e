/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.publish;

import io.micrometer.tracing.TraceContext;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.ServingObserved;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is to be said of the records of a batch.
 *
 * @param results each with the trace that it goes on
 * @param dead records for the dead letters, and why
 * @param observed what was answered lately, added up
 */
public record Answers(
        List<Traced> results, Map<ConsumerRecord<byte[], byte[]>, String> dead, List<ServingObserved> observed) {

    /** An answer, and the work that it came from. */
    public record Traced(PredictionCompleted result, TraceContext work) {}
}
