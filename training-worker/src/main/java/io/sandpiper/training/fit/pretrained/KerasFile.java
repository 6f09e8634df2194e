/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.pretrained;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.exceptions.HdfException;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The arrays of an .h5 file as Keras 2 writes it, from {@code model.save} or {@code save_weights}. The model's
 * description, which can hold code, is looked at and never run.
 *
 * @param layers those with weights, in the order of the model
 * @param epsilon of the batch normalizations; null when the file does not tell
 */
record KerasFile(List<Layer> layers, @Nullable Double epsilon) {

    /** Floats: a quarter of a gibibyte is more than any network that a recipe describes. */
    private static final long MAX_FLOATS = 1L << 26;

    private static final int MAX_LAYERS = 10_000;

    KerasFile {
        layers = List.copyOf(layers);
    }

    /** @param weights in Keras' order, such as kernel and bias */
    record Layer(String name, List<Weight> weights) {

        Layer {
            weights = List.copyOf(weights);
        }
    }

    /** @param values row-major */
    @SuppressWarnings("ArrayRecordComponent")
    record Weight(String name, int[] shape, float[] values) {}

    static KerasFile read(Path path) throws UnusableWeightsException {
        try (HdfFile file = new HdfFile(path)) {
            Double epsilon = describe(file.getAttribute("model_config"), path);
            Group weights = file.getChild("model_weights") instanceof Group saved ? saved : file;
            return new KerasFile(layers(weights, path), epsilon);
        } catch (HdfException | ClassCastException | IllegalArgumentException e) {
            throw new UnusableWeightsException(path.getFileName() + " is no HDF5 file that can be read: " + e, e);
        }
    }

    /** @return the epsilon of the batch normalizations, if it says so and all have the same */
    private static @Nullable Double describe(@Nullable Attribute config, Path path) throws UnusableWeightsException {
        if (config == null) {
            return null;
        }
        JsonNode model;
        try {
            model = Json.read(String.valueOf(config.getData()).getBytes(StandardCharsets.UTF_8), JsonNode.class);
        } catch (MalformedMessageException e) {
            throw new UnusableWeightsException(path.getFileName() + " describes its model in no JSON", e);
        }
        Double epsilon = null;
        for (JsonNode parent : model.findParents("class_name")) {
            String type = parent.path("class_name").asString("");
            if (type.equals("Lambda") || type.equals("TFOpLambda")) {
                throw new UnusableWeightsException(
                        "%s has a layer of type %s, which is code; code is not taken from a file."
                                .formatted(path.getFileName(), type));
            }
            if (type.equals("BatchNormalization")) {
                epsilon = parent.path("config").path("epsilon").asDouble();
            }
        }
        return epsilon;
    }

    private static List<Layer> layers(Group weights, Path path) throws UnusableWeightsException {
        List<Layer> layers = new ArrayList<>();
        long floats = 0;
        for (String layer : names(weights, "layer_names", path)) {
            if (!(weights.getChild(layer) instanceof Group group)) {
                throw new UnusableWeightsException(
                        "%s names a layer %s and has none".formatted(path.getFileName(), layer));
            }
            List<Weight> found = new ArrayList<>();
            for (String name : names(group, "weight_names", path)) {
                Dataset dataset = group.getDatasetByPath(name);
                floats += dataset.getSize();
                if (floats > MAX_FLOATS || layers.size() > MAX_LAYERS) {
                    throw new UnusableWeightsException("%s has more than %d weights or %d layers"
                            .formatted(path.getFileName(), MAX_FLOATS, MAX_LAYERS));
                }
                found.add(weight(name, dataset, path));
            }
            if (!found.isEmpty()) {
                layers.add(new Layer(layer, found));
            }
        }
        return layers;
    }

    private static Weight weight(String name, Dataset dataset, Path path) throws UnusableWeightsException {
        if (dataset.getDataFlat() instanceof float[] values) {
            return new Weight(name, dataset.getDimensions(), values);
        }
        throw new UnusableWeightsException("%s: %s has values of type %s, expected 32-bit floats"
                .formatted(path.getFileName(), name, dataset.getJavaType()));
    }

    private static List<String> names(Group group, String attribute, Path path) throws UnusableWeightsException {
        Attribute names = group.getAttribute(attribute);
        if (names == null) {
            throw new UnusableWeightsException(
                    "%s is not a file as Keras 2 saves it: %s has no %s. Save the model with model.save(\"NAME.h5\")."
                            .formatted(path.getFileName(), group.getPath(), attribute));
        }
        // An empty list has no type of its own.
        return names.getData() instanceof String[] strings ? Arrays.asList(strings) : List.of();
    }
}
