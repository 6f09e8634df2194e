/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Takes archives of pictures apart: entry by entry, from strangers, in little memory and none of the disk. */
@NullMarked
package io.sandpiper.ingest.archive;

import org.jspecify.annotations.NullMarked;
