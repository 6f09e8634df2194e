/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version lies complete in the object store. It does not serve yet.
 *
 * @param decision a sentence with the numbers: why it is to serve, or is kept back; absent when nobody judged it
 */
public record ModelPublished(
        ModelVersion modelVersion, @Nullable String decision, Instant at) implements ModelEvent {}
