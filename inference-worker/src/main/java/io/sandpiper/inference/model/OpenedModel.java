/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.model;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.schemas.ModelVersion;

/** A version that passed its checks, with its network. */
public record OpenedModel(ModelVersion version, Classifier classifier) {}
