/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Where answers came from. */
@NullMarked
package io.sandpiper.ingest.lineage;

import org.jspecify.annotations.NullMarked;
