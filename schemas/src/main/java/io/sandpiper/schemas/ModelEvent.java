/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** What happened to a model version. Readers fold these, in the order of the log, into the registry. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ModelPublished.class, name = "ModelPublished"),
    @JsonSubTypes.Type(value = ModelPromoted.class, name = "ModelPromoted"),
    @JsonSubTypes.Type(value = ModelRetired.class, name = "ModelRetired"),
    @JsonSubTypes.Type(value = ModelRefused.class, name = "ModelRefused")
})
public sealed interface ModelEvent permits ModelPublished, ModelPromoted, ModelRetired, ModelRefused {

    /** The whole version, in every event, so that the last event of a key is enough to know it. */
    ModelVersion modelVersion();

    Instant at();

    default String key() {
        return modelVersion().model() + "/" + modelVersion().version();
    }
}
