/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the training worker.
 *
 * @param seedModels folder with a model archive a folder, imported when the registry is empty; not set: none
 * @param maxImages largest data set, in pictures; they are held in memory
 * @param loadThreads how many pictures are fetched from the object store at once
 * @param recipes folder of recipes of one's own, {@code NAME.json}; may be missing
 * @param pretrained folder of pre-trained weights
 * @param signingKey PEM file with the private key that versions are signed with; not set: they are not
 * @param verifyKey where the public key belongs: when this is set and the signing key is missing, both are made
 * @param replicas threads that share a batch while fitting; 0: one a processor
 * @param gate when a new version may serve
 * @param watch when it is taken out again
 */
@ConfigurationProperties("sandpiper.training")
public record TrainingProperties(
        @Nullable Path seedModels,
        @DefaultValue("500000") int maxImages,
        @DefaultValue("4") int loadThreads,
        @DefaultValue("recipes") Path recipes,
        @DefaultValue("pretrained") Path pretrained,
        @Nullable Path signingKey,
        @Nullable Path verifyKey,
        @DefaultValue("0") int replicas,
        @DefaultValue Gate gate,
        @DefaultValue Watch watch) {

    /** Who promotes. */
    public enum Policy {
        /** The gate. */
        AUTO,
        /** People, whatever the gate says. */
        MANUAL
    }

    /**
     * When a new version may serve.
     *
     * @param classFloor how much less of a class it may find than the champion, as a fraction of the class
     * @param speedFloor share of the champion's speed that it must have
     */
    public record Gate(
            @DefaultValue("auto") Policy policy,
            @DefaultValue("0.05") double classFloor,
            @DefaultValue("0.5") double speedFloor) {

        public Gate {
            if (!(classFloor >= 0 && classFloor <= 1 && speedFloor >= 0)) {
                throw new IllegalArgumentException(
                        "sandpiper.training.gate.class-floor is from 0 to 1, speed-floor must not be negative");
            }
        }
    }

    /**
     * When a version that has begun to serve is taken out again by itself.
     *
     * @param window for how long after its promotion it is watched; 0: not at all
     * @param interval how often
     * @param minLabels of how many of its answers people must have said what the picture shows
     * @param tolerance how much less it may have right in service than the version before it had of its held-out pictures, a
     *     fraction
     */
    public record Watch(
            @DefaultValue("24h") Duration window,
            @DefaultValue("5s") Duration interval,
            @DefaultValue("30") int minLabels,
            @DefaultValue("0.05") double tolerance) {

        public Watch {
            if (window.isNegative() || interval.compareTo(Duration.ofMillis(100)) < 0 || minLabels < 1) {
                throw new IllegalArgumentException(
                        "sandpiper.training.watch.window must not be negative, interval is at least 100ms, min-labels at least 1");
            }
            if (!(tolerance >= 0 && tolerance <= 1)) {
                throw new IllegalArgumentException("sandpiper.training.watch.tolerance is from 0 to 1");
            }
        }
    }

    public TrainingProperties {
        if (maxImages < 1 || loadThreads < 1) {
            throw new IllegalArgumentException("sandpiper.training.max-images and load-threads must be at least 1");
        }
        if (replicas < 0) {
            throw new IllegalArgumentException("sandpiper.training.replicas must be at least 1, or 0");
        }
        replicas = replicas == 0 ? Runtime.getRuntime().availableProcessors() : replicas;
    }
}
