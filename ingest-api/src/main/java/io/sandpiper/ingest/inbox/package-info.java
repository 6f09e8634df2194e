/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Pictures that are dropped into the bucket. */
@NullMarked
package io.sandpiper.ingest.inbox;

import org.jspecify.annotations.NullMarked;
