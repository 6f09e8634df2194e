/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a model, all of them: the last that is said of a model counts. What is absent is the training worker's
 * own choice. A model may have settings before it has a version.
 *
 * @param recipe architecture by name, of trainings that name none; absent: the champion's
 * @param inputSize height and width of what the network sees, in pixels, of trainings by that recipe that name none;
 *     absent: the champion's where it has the same recipe, else the recipe's
 * @param policy who lets its new versions serve
 * @param triggers when it is trained again by itself
 * @param by who said so
 */
public record ModelConfigured(
        String model,
        @Nullable String recipe,
        @Nullable Integer inputSize,
        @Nullable PromotionPolicy policy,
        @Nullable Triggers triggers,
        String by,
        Instant at) {}
