/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What was measured, for people and for programs. */
@NullMarked
package io.sandpiper.loadtest.report;

import org.jspecify.annotations.NullMarked;
