/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;

/**
 * The same archive comes in again, as its sender had no answer.
 *
 * @param attempt the request that sends it, so that it can tell when everything before it was read
 */
public record BulkResumed(String jobId, String attempt, Instant at) implements BulkEvent {}
