/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;

/**
 * A job is wanted no more: it stops between two steps, or never begins. What it had learned is kept, and makes no version.
 *
 * @param by whose wish it is
 */
public record TrainingCancelled(String jobId, String model, String by, Instant requestedAt)
        implements TrainingCommand {}
