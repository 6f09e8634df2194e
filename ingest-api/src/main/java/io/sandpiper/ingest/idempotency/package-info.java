/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** One prediction for one key, however often it is asked for. */
@NullMarked
package io.sandpiper.ingest.idempotency;

import org.jspecify.annotations.NullMarked;
