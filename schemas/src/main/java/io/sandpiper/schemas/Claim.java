/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

/**
 * A picture that is too large for its topic: it lies in the object store.
 *
 * @param objectKey where
 * @param sha256 hex, of its bytes
 * @param bytes how many
 */
public record Claim(String objectKey, String sha256, long bytes) {}
