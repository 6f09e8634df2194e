/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The recipes there are: those that ship, and {@code NAME.json} in a folder of one's own, which goes first. */
public final class Recipes {

    public static final String DEFAULT = "mnist-cnn";
    public static final List<String> SHIPPED = List.of("mnist-cnn", "cifar10-cnn", "mobilenet-v2");

    private static final String SUFFIX = ".json";

    private final @Nullable Path folder;

    /** @param folder may be missing */
    public Recipes(@Nullable Path folder) {
        this.folder = folder;
    }

    /** Only those that ship. */
    public static Recipes shipped() {
        return new Recipes(null);
    }

    /** In the order they are told in: those that ship, then one's own. */
    public List<String> names() {
        List<String> names = new ArrayList<>(SHIPPED);
        if (folder != null && Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(SUFFIX))
                        .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                        .filter(name -> Names.isModelName(name) && !SHIPPED.contains(name))
                        .sorted()
                        .forEach(names::add);
            } catch (IOException e) {
                throw new IllegalStateException("the folder of recipes cannot be read: " + folder, e);
            }
        }
        return names;
    }

    /** @throws UnknownRecipeException when there is none of that name, or it cannot be read; says which */
    public Recipe find(String name) throws UnknownRecipeException {
        if (!names().contains(name)) {
            throw UnknownRecipeException.missing(name, names());
        }
        try {
            return Json.read(bytes(name), Recipe.class);
        } catch (MalformedMessageException | IOException e) {
            throw UnknownRecipeException.unreadable(name, e);
        }
    }

    private byte[] bytes(String name) throws IOException {
        Path own = folder == null ? null : folder.resolve(name + SUFFIX);
        if (own != null && Files.isRegularFile(own)) {
            return Files.readAllBytes(own);
        }
        try (InputStream shipped = Recipes.class.getResourceAsStream("/recipes/" + name + SUFFIX)) {
            if (shipped == null) {
                throw new IllegalStateException("the recipe " + name + " is not on the class path");
            }
            return shipped.readAllBytes();
        }
    }
}
