/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.objectstore;

import java.time.Instant;

/**
 * What a listing tells of an object.
 *
 * @param etag changes with the content
 */
public record StoredObject(String key, String etag, long bytes, Instant modifiedAt) {}
