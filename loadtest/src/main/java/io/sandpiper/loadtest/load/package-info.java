/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Pictures out at their intended times, answers in, and a ledger of both. */
@NullMarked
package io.sandpiper.loadtest.load;

import org.jspecify.annotations.NullMarked;
