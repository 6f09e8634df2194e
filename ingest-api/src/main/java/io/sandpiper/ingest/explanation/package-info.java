/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Heat maps over pictures that were answered. */
@NullMarked
package io.sandpiper.ingest.explanation;

import org.jspecify.annotations.NullMarked;
