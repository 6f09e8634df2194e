/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Labelled pictures from elsewhere: folders, archives, the formats of well-known data sets, and where to fetch those. */
@NullMarked
package io.sandpiper.cli.data;

import org.jspecify.annotations.NullMarked;
