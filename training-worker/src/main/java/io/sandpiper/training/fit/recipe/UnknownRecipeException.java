/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recipe was asked for that there is not, or that cannot be read. */
public final class UnknownRecipeException extends Exception {

    private static final long serialVersionUID = 1L;

    private UnknownRecipeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static UnknownRecipeException missing(String name, List<String> known) {
        return new UnknownRecipeException(
                "There is no recipe named %s; there are %s.".formatted(name, String.join(", ", known)), null);
    }

    static UnknownRecipeException unreadable(String name, Exception cause) {
        return new UnknownRecipeException(
                "The recipe %s cannot be read: %s".formatted(name, cause.getMessage()), cause);
    }
}
