/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.schemas.ModelConfigured;
import io.sandpiper.schemas.Names;
import io.sandpiper.schemas.PromotionPolicy;
import io.sandpiper.schemas.Triggers;
import io.sandpiper.schemas.Triggers.Action;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a model. What is left out is the training worker's own choice, whatever it was before.
 *
 * @param policy AUTO or MANUAL
 */
record SettingsRequest(
        @Nullable String recipe,
        @Nullable Integer inputSize,
        @Nullable String policy,
        @Nullable TriggersRequest triggers) {

    private static final Rules RULES = new Rules("invalid-settings");

    /** So many trainings in a day are one every minute and a half. */
    private static final int MAX_BUDGET = 1000;

    private static final Duration MAX_DURATION = Duration.ofDays(3650);

    /**
     * As {@link Triggers}, in the words of the request.
     *
     * @param action SUGGEST or ACT
     * @param every ISO 8601, as the next
     */
    record TriggersRequest(
            @Nullable String action,
            @Nullable Double accuracyFloor,
            @Nullable Boolean drift,
            @Nullable Integer newImages,
            @Nullable String every,
            @Nullable String cooldown,
            @Nullable Integer budget) {

        private Triggers checked() {
            RULES.requireRange("triggers.accuracyFloor", accuracyFloor, 0, 1);
            RULES.require(newImages == null || newImages >= 0, "triggers.newImages is 0 or more");
            RULES.requireRange("triggers.budget", budget, 1, MAX_BUDGET);
            return new Triggers(
                    oneOf(Action.class, "triggers.action", action),
                    accuracyFloor,
                    drift,
                    newImages,
                    duration("triggers.every", every),
                    duration("triggers.cooldown", cooldown),
                    budget);
        }
    }

    /** @throws ApiException when something is not what it may be; says which, and what it may be */
    ModelConfigured settings(String model, String by) {
        RULES.require(
                recipe == null || Names.isModelName(recipe),
                "recipe is the name of one that the training workers have, such as mnist-cnn");
        RULES.requireRange("inputSize", inputSize, JobRequest.MIN_INPUT, JobRequest.MAX_INPUT);
        return new ModelConfigured(
                model,
                recipe,
                inputSize,
                oneOf(PromotionPolicy.class, "policy", policy),
                triggers == null ? null : triggers.checked(),
                by,
                Instant.now());
    }

    private static <E extends Enum<E>> @Nullable E oneOf(Class<E> type, String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> RULES.broken("%s is %s"
                        .formatted(
                                name,
                                Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(" or ")))));
    }

    private static @Nullable Duration duration(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        String rule = "%s is an ISO 8601 duration from PT0S to P3650D, such as P7D or PT1H".formatted(name);
        try {
            Duration duration = Duration.parse(value);
            RULES.require(!duration.isNegative() && duration.compareTo(MAX_DURATION) <= 0, rule);
            return duration;
        } catch (DateTimeException e) {
            throw RULES.broken(rule);
        }
    }
}
