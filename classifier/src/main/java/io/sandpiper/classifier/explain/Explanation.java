/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.explain;

import io.sandpiper.schemas.ExplanationMethod;

/** What speaks for a class in a picture, and how that was found out. */
public record Explanation(ExplanationMethod method, HeatMap heat) {}
