/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.Names;
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.schemas.TrainingRequested.Augmentation;
import io.sandpiper.schemas.TrainingRequested.ClassWeights;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import io.sandpiper.schemas.TrainingRequested.Plateau;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a training is asked for with. What is left out is the recipe's choice; without a recipe it is the champion's.
 *
 * @param from champion, scratch, or a version's name
 * @param augmentation none, or an object
 * @param classWeights none or balanced
 */
record JobRequest(
        @Nullable String recipe,
        @Nullable Integer inputSize,
        @Nullable Double width,
        @Nullable String pretrained,
        @Nullable String from,
        @Nullable Integer epochs,
        @Nullable Integer batchSize,
        @Nullable Double learningRate,
        @Nullable Long seed,
        @Nullable Integer headEpochs,
        @Nullable Integer unfrozenLayers,
        @Nullable JsonNode augmentation,
        @Nullable String classWeights,
        @Nullable Double clipNorm,
        @Nullable Plateau plateau,
        @Nullable Integer patience,
        @Nullable Boolean keepBest) {

    static final JobRequest OF_THE_RECIPE = Json.read("{}".getBytes(StandardCharsets.UTF_8), JobRequest.class);

    private static final Rules RULES = new Rules("invalid-hyperparameters");

    private static final int MAX_EPOCHS = 10_000;
    private static final int MAX_BATCH = 4096;
    /** Pixels a side: less leaves nothing after a network's pools, more belongs on other machines. */
    static final int MIN_INPUT = 16;

    static final int MAX_INPUT = 512;

    private static final double MIN_WIDTH = 0.1;
    private static final double MAX_WIDTH = 4;
    private static final int MAX_SHIFT = 255;
    private static final int MAX_ROTATION = 180;
    private static final double MAX_ZOOM = 0.9;

    private static final Pattern FROM = Pattern.compile("champion|scratch|[0-9]{1,9}");
    private static final String NONE = "none";
    private static final String BALANCED = "balanced";
    private static final Set<String> CHANGES = Set.of("flip", "shift", "rotation", "zoom", "brightness", "invert");
    private static final String AUGMENTATION =
            "augmentation is none, or an object with some of the numbers flip, shift, rotation, zoom, brightness, invert";

    /** @throws ApiException when something is out of its range; says which, and what it may be */
    TrainingRequested command(String jobId, String model) {
        RULES.requireRange("inputSize", inputSize, MIN_INPUT, MAX_INPUT);
        RULES.requireRange("width", width, MIN_WIDTH, MAX_WIDTH);
        RULES.require(
                pretrained == null || Names.isFileName(pretrained),
                "pretrained is the name of a file in the training workers' folder: letters, digits, . _ -");
        RULES.require(
                from == null || FROM.matcher(from).matches(),
                "from is champion, scratch, or the name of a version, such as 3");
        RULES.require(
                from == null || pretrained == null,
                "pretrained and from are two beginnings; give one of them, or none");
        return new TrainingRequested(
                jobId, model, recipe, inputSize, width, pretrained, from, hyperparameters(), Instant.now());
    }

    private Hyperparameters hyperparameters() {
        RULES.requireRange("epochs", epochs, 1, MAX_EPOCHS);
        RULES.requireRange("batchSize", batchSize, 1, MAX_BATCH);
        RULES.require(
                learningRate == null || (learningRate > 0 && learningRate <= 1),
                "learningRate is above 0 and at most 1");
        RULES.requireRange("headEpochs", headEpochs, 0, MAX_EPOCHS);
        RULES.require(unfrozenLayers == null || unfrozenLayers >= 0, "unfrozenLayers is 0 or more");
        RULES.require(clipNorm == null || clipNorm >= 0, "clipNorm is 0 or more");
        RULES.requireRange("patience", patience, 0, MAX_EPOCHS);
        if (plateau != null) {
            RULES.requireRange("plateau.patience", plateau.patience(), 0, MAX_EPOCHS);
            Double factor = plateau.factor();
            RULES.require(factor == null || (factor > 0 && factor < 1), "plateau.factor is above 0 and below 1");
        }
        return new Hyperparameters(
                epochs,
                batchSize,
                learningRate,
                seed,
                headEpochs,
                unfrozenLayers,
                wantedAugmentation(),
                wantedClassWeights(),
                clipNorm,
                plateau,
                patience,
                keepBest);
    }

    private @Nullable ClassWeights wantedClassWeights() {
        RULES.require(
                classWeights == null || classWeights.equals(NONE) || classWeights.equals(BALANCED),
                "classWeights is none or balanced");
        if (classWeights == null) {
            return null;
        }
        return classWeights.equals(NONE) ? ClassWeights.NONE : ClassWeights.BALANCED;
    }

    private @Nullable Augmentation wantedAugmentation() {
        if (augmentation == null || augmentation.isNull()) {
            return null;
        }
        if (augmentation.isString()) {
            RULES.require(augmentation.stringValue().equals(NONE), AUGMENTATION);
            return Augmentation.NONE;
        }
        RULES.require(augmentation.isObject() && CHANGES.containsAll(augmentation.propertyNames()), AUGMENTATION);
        try {
            Augmentation wanted = Json.read(Json.write(augmentation), Augmentation.class);
            RULES.requireRange("augmentation.flip", wanted.flip(), 0, 1);
            RULES.requireRange("augmentation.shift", wanted.shift(), 0, MAX_SHIFT);
            RULES.requireRange("augmentation.rotation", wanted.rotation(), 0, MAX_ROTATION);
            RULES.requireRange("augmentation.zoom", wanted.zoom(), 0, MAX_ZOOM);
            RULES.requireRange("augmentation.brightness", wanted.brightness(), 0, 1);
            RULES.requireRange("augmentation.invert", wanted.invert(), 0, 1);
            return wanted;
        } catch (MalformedMessageException e) {
            throw RULES.broken(AUGMENTATION);
        }
    }
}
