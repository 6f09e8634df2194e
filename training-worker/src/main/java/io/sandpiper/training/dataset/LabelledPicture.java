/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import io.sandpiper.classifier.image.Pixels;

/** A picture of a snapshot, decoded. */
public record LabelledPicture(DatasetSnapshot.Entry entry, Pixels pixels) {}
