/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen about standalone, all of it from the environment. Everything listens on loopback.
 *
 * @param data folder of everything that is kept ({@code SANDPIPER_DATA})
 * @param port of the page and the API ({@code SANDPIPER_PORT}); 0 takes any
 * @param kafkaPort of the broker ({@code SANDPIPER_KAFKA_PORT}); null takes 9092 when it is free, else any
 * @param s3Port of the object store ({@code SANDPIPER_S3_PORT}); null takes 9000 when it is free, else any
 * @param managementPort of health and metrics ({@code SANDPIPER_MANAGEMENT_PORT}); null takes 8081 when it is free, else any
 * @param api whether page and API are wanted ({@code SANDPIPER_API}); without them pictures come over Kafka only
 * @param workers how many inference workers ({@code SANDPIPER_WORKERS}); 0: they are processes of their own
 * @param seedModels folder of models to import at the first start ({@code SANDPIPER_SEED_MODELS})
 */
record StandaloneSettings(
        Path data,
        int port,
        @Nullable Integer kafkaPort,
        @Nullable Integer s3Port,
        @Nullable Integer managementPort,
        boolean api,
        int workers,
        Path seedModels) {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_WORKERS = 64;

    static StandaloneSettings from(Map<String, String> environment) throws StandaloneException {
        return new StandaloneSettings(
                Path.of(environment.getOrDefault("SANDPIPER_DATA", ".sandpiper"))
                        .toAbsolutePath()
                        .normalize(),
                number(environment, "SANDPIPER_PORT", 8080, 0, MAX_PORT),
                optionalPort(environment, "SANDPIPER_KAFKA_PORT"),
                optionalPort(environment, "SANDPIPER_S3_PORT"),
                optionalPort(environment, "SANDPIPER_MANAGEMENT_PORT"),
                !"false".equals(environment.get("SANDPIPER_API")),
                number(environment, "SANDPIPER_WORKERS", 2, 0, MAX_WORKERS),
                Path.of(environment.getOrDefault("SANDPIPER_SEED_MODELS", "models"))
                        .toAbsolutePath());
    }

    private static @Nullable Integer optionalPort(Map<String, String> environment, String name)
            throws StandaloneException {
        return environment.containsKey(name) ? Integer.valueOf(number(environment, name, 0, 1, MAX_PORT)) : null;
    }

    private static int number(Map<String, String> environment, String name, int unset, int min, int max)
            throws StandaloneException {
        String text = environment.get(name);
        if (text == null || text.isBlank()) {
            return unset;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new StandaloneException("%s is '%s'; it must be a number from %d to %d.".formatted(name, text, min, max));
    }
}
