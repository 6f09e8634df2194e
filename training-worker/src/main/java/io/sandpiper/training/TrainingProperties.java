/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training;

import io.sandpiper.schemas.DatasetCheck.Kind;
import io.sandpiper.schemas.PromotionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
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
 * @param attempts how many workers may end with a job without getting through an epoch before it is given up
 * @param gate when a new version may serve
 * @param watch when it is taken out again
 * @param firewall what is looked for in labelled pictures before they are learned from
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
        @DefaultValue("10") int attempts,
        @DefaultValue Gate gate,
        @DefaultValue Watch watch,
        @DefaultValue Firewall firewall) {

    /**
     * When a new version may serve.
     *
     * @param policy who promotes, of models that do not say so themselves
     * @param classFloor how much less of a class it may find than the champion, as a fraction of the class
     * @param speedFloor share of the champion's speed that it must have
     */
    public record Gate(
            @DefaultValue("auto") PromotionPolicy policy,
            @DefaultValue("0.05") double classFloor,
            @DefaultValue("0.5") double speedFloor) {

        public Gate {
            if (!(classFloor >= 0 && classFloor <= 1 && speedFloor >= 0)) {
                throw new IllegalArgumentException(
                        "sandpiper.training.gate.class-floor is from 0 to 1, speed-floor must not be negative");
            }
        }

        /** @param ofModel goes before the policy here; null: the model says nothing */
        public Gate with(@Nullable PromotionPolicy ofModel) {
            return ofModel == null ? this : new Gate(ofModel, classFloor, speedFloor);
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

    /**
     * What is looked for in labelled pictures before they are learned from. What cannot be decoded is never learned from.
     *
     * @param maxCorrupt share of the pictures that may be missing or broken
     * @param nearDuplicates whether pictures that look the same are looked for
     * @param nearDuplicateDistance bits of 64 that their hashes may differ in
     * @param nearDuplicateCorrelation of their samples, from which on they look the same. At 0.99 a picture is known again
     *     after JPEG of quality 0.75, and of MNIST's 70 000 digits, which are much alike, three are taken for others
     * @param mislabels whether wrong labels are looked for
     * @param mislabelCheckImages how many pictures at most
     * @param quarantine findings whose pictures are not learned from
     */
    public record Firewall(
            @DefaultValue("0.05") double maxCorrupt,
            @DefaultValue("true") boolean nearDuplicates,
            @DefaultValue("4") int nearDuplicateDistance,
            @DefaultValue("0.99") double nearDuplicateCorrelation,
            @DefaultValue("true") boolean mislabels,
            @DefaultValue("20000") int mislabelCheckImages,
            @DefaultValue("leakage") Set<Kind> quarantine) {

        private static final int MAX_DISTANCE = 16;
        /** A whole class is not taken out for its name or its size. */
        private static final Set<Kind> NOT_OF_PICTURES = Set.of(Kind.LABEL_TYPO, Kind.CLASS_IMBALANCE);

        public Firewall {
            quarantine = Set.copyOf(quarantine);
            if (!(maxCorrupt >= 0 && maxCorrupt <= 1)) {
                throw new IllegalArgumentException("sandpiper.training.firewall.max-corrupt is from 0 to 1");
            }
            if (nearDuplicateDistance < 0 || nearDuplicateDistance > MAX_DISTANCE) {
                throw new IllegalArgumentException(
                        "sandpiper.training.firewall.near-duplicate-distance is from 0 to " + MAX_DISTANCE);
            }
            if (!(nearDuplicateCorrelation > 0 && nearDuplicateCorrelation <= 1)) {
                throw new IllegalArgumentException(
                        "sandpiper.training.firewall.near-duplicate-correlation is above 0 and at most 1");
            }
            if (mislabelCheckImages < 1) {
                throw new IllegalArgumentException(
                        "sandpiper.training.firewall.mislabel-check-images must be at least 1; "
                                + "mislabels=false turns the check off");
            }
            if (!Collections.disjoint(quarantine, NOT_OF_PICTURES)) {
                throw new IllegalArgumentException(
                        "sandpiper.training.firewall.quarantine takes corrupt, duplicate, near-duplicate, leakage, "
                                + "contradiction and mislabelled");
            }
        }
    }

    public TrainingProperties {
        if (maxImages < 1 || loadThreads < 1 || attempts < 1) {
            throw new IllegalArgumentException(
                    "sandpiper.training.max-images, load-threads and attempts must be at least 1");
        }
        if (replicas < 0) {
            throw new IllegalArgumentException("sandpiper.training.replicas must be at least 1, or 0");
        }
        replicas = replicas == 0 ? Runtime.getRuntime().availableProcessors() : replicas;
    }
}
