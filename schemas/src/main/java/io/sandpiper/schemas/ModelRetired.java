/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;

/**
 * A version serves no more, and whichever was promoted before it does again. It is kept, and may be promoted again.
 *
 * @param reason a sentence with the numbers that decided, or whose wish it was
 */
public record ModelRetired(ModelVersion modelVersion, String reason, Instant at) implements ModelEvent {}
