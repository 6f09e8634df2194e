/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import org.jspecify.annotations.Nullable;

/**
 * Which answers are looked for, the latest first.
 *
 * @param model only of that; null: of any
 * @param before only ids that were issued before that one; null: from the latest on
 * @param holder only of that holder's pictures; null: of everybody's
 * @param limit how many
 */
public record HistoryQuery(
        @Nullable String model,
        @Nullable String before,
        @Nullable String holder,
        int limit) {}
