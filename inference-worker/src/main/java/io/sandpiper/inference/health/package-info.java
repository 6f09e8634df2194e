/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Whether this worker is ready. */
@org.jspecify.annotations.NullMarked
package io.sandpiper.inference.health;
