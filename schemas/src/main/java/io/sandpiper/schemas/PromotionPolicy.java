/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

/** Who lets a new version serve. */
public enum PromotionPolicy {
    /** The gate of the training worker. */
    AUTO,
    /** People, whatever the gate says. */
    MANUAL
}
