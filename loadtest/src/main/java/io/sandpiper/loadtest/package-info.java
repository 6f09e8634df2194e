/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The load test: an outside client that sends, times, counts, and starts the fleet that it measures. */
@NullMarked
package io.sandpiper.loadtest;

import org.jspecify.annotations.NullMarked;
