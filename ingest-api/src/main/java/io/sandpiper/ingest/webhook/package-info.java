/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Answers that are posted to whoever asked for it: to hosts that are allowed, and to nobody on the inside. */
@NullMarked
package io.sandpiper.ingest.webhook;

import org.jspecify.annotations.NullMarked;
