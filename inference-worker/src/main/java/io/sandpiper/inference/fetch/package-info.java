/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a worker needs to know of a picture that is not in its record: the bytes that lie elsewhere, and whether anybody waits. */
@NullMarked
package io.sandpiper.inference.fetch;

import org.jspecify.annotations.NullMarked;
