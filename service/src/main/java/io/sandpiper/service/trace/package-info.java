/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Traces that go on over Kafka. */
@NullMarked
package io.sandpiper.service.trace;

import org.jspecify.annotations.NullMarked;
