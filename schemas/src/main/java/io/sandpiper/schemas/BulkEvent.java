/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What is said of a bulk job while it is taken in; what becomes of its pictures is in their answers. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BulkStarted.class, name = "BulkStarted"),
    @JsonSubTypes.Type(value = BulkResumed.class, name = "BulkResumed"),
    @JsonSubTypes.Type(value = BulkProgressed.class, name = "BulkProgressed"),
    @JsonSubTypes.Type(value = BulkEntryRefused.class, name = "BulkEntryRefused"),
    @JsonSubTypes.Type(value = BulkReceived.class, name = "BulkReceived")
})
public sealed interface BulkEvent permits BulkStarted, BulkResumed, BulkProgressed, BulkEntryRefused, BulkReceived {

    String jobId();
}
