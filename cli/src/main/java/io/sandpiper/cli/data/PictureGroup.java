/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import io.sandpiper.schemas.TrainingImageAccepted.Split;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of one class on one side.
 *
 * @param split null leaves the side to the server
 */
public record PictureGroup(String label, @Nullable Split split) {}
