/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What values of a request may be. What is left out breaks no rule.
 *
 * @param code of the refusal
 */
record Rules(String code) {

    /** @throws ApiException when it does not hold, with the rule as its sentence */
    void require(boolean holds, String rule) {
        if (!holds) {
            throw broken(rule);
        }
    }

    void requireRange(String name, @Nullable Integer value, int least, int most) {
        require(value == null || (value >= least && value <= most), "%s is from %d to %d".formatted(name, least, most));
    }

    void requireRange(String name, @Nullable Double value, double least, double most) {
        require(
                value == null || (value >= least && value <= most),
                "%s is from %s to %s".formatted(name, plain(least), plain(most)));
    }

    /** @param rule a sentence without its full stop */
    ApiException broken(String rule) {
        return new ApiException(HttpStatus.BAD_REQUEST, code, rule + ".");
    }

    /** Without the .0 of whole numbers. */
    private static String plain(double limit) {
        return limit == Math.rint(limit) ? String.valueOf((long) limit) : String.valueOf(limit);
    }
}
