/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Records that could not be answered. */
@NullMarked
package io.sandpiper.ingest.deadletter;

import org.jspecify.annotations.NullMarked;
