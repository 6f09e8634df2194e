/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a training worker is asked to do. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrainingRequested.class, name = "TrainingRequested"),
    @JsonSubTypes.Type(value = ModelImportRequested.class, name = "ModelImportRequested"),
    @JsonSubTypes.Type(value = EvaluationRequested.class, name = "EvaluationRequested"),
    @JsonSubTypes.Type(value = TrainingCancelled.class, name = "TrainingCancelled")
})
public sealed interface TrainingCommand
        permits TrainingRequested, ModelImportRequested, EvaluationRequested, TrainingCancelled {

    String jobId();

    String model();
}
