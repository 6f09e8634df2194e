/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lanes there are: one for single pictures, one for bulk, and one for each model that is to have its own. */
public final class Lanes {

    private final Map<String, Lane> byModel = new LinkedHashMap<>();

    /**
     * @param models that have a lane of their own
     * @throws IllegalArgumentException when one of them cannot be a model, or is called like another lane
     */
    public Lanes(Collection<String> models) {
        for (String model : models) {
            if (!Names.isModelName(model) || model.equals(Lane.INTERACTIVE.name()) || model.equals(Lane.BULK.name())) {
                throw new IllegalArgumentException(
                        "a lane of its own is for a model, and '" + model + "' cannot be one");
            }
            byModel.put(model, Lane.of(model));
        }
    }

    /** Where single pictures of a model go. */
    public Lane ofModel(String model) {
        return byModel.getOrDefault(model, Lane.INTERACTIVE);
    }

    /** @throws IllegalArgumentException when there is no lane of such a name */
    public List<Lane> named(Collection<String> names) {
        Map<String, Lane> byName = new LinkedHashMap<>();
        all().forEach(lane -> byName.put(lane.name(), lane));
        if (!byName.keySet().containsAll(names)) {
            throw new IllegalArgumentException(
                    "of the lanes %s one is not there; there are %s; a model has its own when "
                                    .formatted(names, byName.keySet())
                            + "sandpiper.model-lanes names it");
        }
        return names.stream().map(byName::get).toList();
    }

    /** The topic of pictures that is called so; empty when no lane has it. */
    public Optional<Topic<String, byte[]>> topic(String name) {
        return all().stream()
                .map(Lane::topic)
                .filter(topic -> topic.name().equals(name))
                .findFirst();
    }

    public List<Lane> all() {
        List<Lane> all = new ArrayList<>(List.of(Lane.INTERACTIVE, Lane.BULK));
        all.addAll(byModel.values());
        return List.copyOf(all);
    }
}
