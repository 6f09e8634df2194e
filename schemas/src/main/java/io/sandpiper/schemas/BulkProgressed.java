/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;

/**
 * All entries up to there are in their topics: it comes in the transaction that brought the last of them.
 *
 * @param entries how many, refused ones included
 * @param digest SHA-256 over them, hex: of the digest before, the entry's name, and the SHA-256 of its bytes
 */
public record BulkProgressed(String jobId, int entries, String digest, Instant at) implements BulkEvent {}
