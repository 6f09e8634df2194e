/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

/**
 * Where in which bulk job a picture came from.
 *
 * @param jobId of the bulk job
 * @param index of the entry, from 0, as the archive has them
 * @param name of the entry, free text: to be shown, never used as a path
 */
public record BulkRef(String jobId, int index, String name) {}
