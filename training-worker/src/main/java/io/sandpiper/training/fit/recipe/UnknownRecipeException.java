/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import java.util.List;

/** Somebody asked for a recipe that there is not. The message lists those there are. */
public final class UnknownRecipeException extends Exception {

    private static final long serialVersionUID = 1L;

    UnknownRecipeException(String name, List<String> known) {
        super("There is no recipe named %s; there are %s.".formatted(name, String.join(", ", known)));
    }
}
