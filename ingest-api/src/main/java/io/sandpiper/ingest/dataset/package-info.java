/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Labelled pictures: where they are kept, and what is known of them. */
@NullMarked
package io.sandpiper.ingest.dataset;

import org.jspecify.annotations.NullMarked;
