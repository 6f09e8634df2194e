/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import io.sandpiper.schemas.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The recipes that Sandpiper knows: {@code recipes/NAME.json} on the class path. */
public final class Recipes {

    public static final String DEFAULT = "mnist-cnn";
    public static final List<String> NAMES = List.of("mnist-cnn", "cifar10-cnn", "mobilenet-v2");

    private Recipes() {}

    public static Recipe find(String name) throws UnknownRecipeException {
        if (!NAMES.contains(name)) {
            throw new UnknownRecipeException(name, NAMES);
        }
        try (InputStream file = Recipes.class.getResourceAsStream("/recipes/" + name + ".json")) {
            if (file == null) {
                throw new IllegalStateException("the recipe " + name + " is not on the class path");
            }
            return Json.read(file.readAllBytes(), Recipe.class);
        } catch (IOException e) {
            throw new IllegalStateException("the recipe " + name + " cannot be read", e);
        }
    }
}
