/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;

/** A version lies complete in the object store. It does not serve yet. */
public record ModelPublished(ModelVersion modelVersion, Instant at) implements ModelEvent {}
