/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The processes that are measured: started, killed, and their CPU time read. */
@NullMarked
package io.sandpiper.loadtest.fleet;

import org.jspecify.annotations.NullMarked;
