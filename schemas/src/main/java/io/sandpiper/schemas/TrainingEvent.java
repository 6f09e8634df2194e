/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** How a job of a training worker is getting on. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrainingProgressed.class, name = "TrainingProgressed"),
    @JsonSubTypes.Type(value = TrainingCompleted.class, name = "TrainingCompleted"),
    @JsonSubTypes.Type(value = EvaluationCompleted.class, name = "EvaluationCompleted"),
    @JsonSubTypes.Type(value = TrainingFailed.class, name = "TrainingFailed")
})
public sealed interface TrainingEvent
        permits TrainingProgressed, TrainingCompleted, EvaluationCompleted, TrainingFailed {

    String jobId();

    String model();

    Instant at();
}
