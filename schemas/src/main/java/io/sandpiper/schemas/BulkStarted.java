/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;

/** An archive begins to come in. */
public record BulkStarted(String jobId, String model, Instant at) implements BulkEvent {}
