/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;

/**
 * A version is the champion from here on: workers answer with it.
 *
 * @param reason a sentence with the numbers that decided
 */
public record ModelPromoted(ModelVersion modelVersion, String reason, Instant at) implements ModelEvent {}
