/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import io.sandpiper.classifier.image.Pixels;

/** A decoded picture with its class, as an index into the data set's labels. */
public record Sample(Pixels pixels, int label) {}
