/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is left of a job that was cut short, so that the next worker need not begin anew. */
@NullMarked
package io.sandpiper.training.checkpoint;

import org.jspecify.annotations.NullMarked;
