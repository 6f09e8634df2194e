/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What every service is started with: its topics, and what it answers when it is asked whether it is ready. */
@NullMarked
package io.sandpiper.service;

import org.jspecify.annotations.NullMarked;
