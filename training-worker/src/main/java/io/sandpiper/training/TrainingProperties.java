/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training;

import io.sandpiper.schemas.DatasetCheck.Kind;
import io.sandpiper.schemas.PromotionPolicy;
import io.sandpiper.schemas.Triggers;
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
 * @param drift when what it is given is no longer what it was judged on
 * @param triggers when a model is trained again by itself, where its own settings do not say
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
        @DefaultValue Drift drift,
        @DefaultValue TriggerSettings triggers,
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
     *     fraction; and how much less sure it may be in service than of held-out pictures, if the version before it was not
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
     * When what a version is given is no longer what it was judged on. Chance is allowed for on top of the limits.
     *
     * @param window of its last answers so many are looked at, together
     * @param firstServed of a version that nobody evaluated here, so many of its first answers are what later ones are held against
     * @param classes limit of the population stability index of the answered classes
     * @param probabilities limit of that of the answers' probabilities
     * @param features limit of the squared maximum mean discrepancy of the last features, in units of their variance
     */
    public record Drift(
            @DefaultValue("500") int window,
            @DefaultValue("2000") int firstServed,
            @DefaultValue("0.25") double classes,
            @DefaultValue("0.25") double probabilities,
            @DefaultValue("0.03") double features) {

        public Drift {
            if (window < 10 || firstServed < window) {
                throw new IllegalArgumentException(
                        "sandpiper.training.drift.window is at least 10, first-served at least as many as window");
            }
            if (!(classes > 0 && probabilities > 0 && features > 0)) {
                throw new IllegalArgumentException(
                        "sandpiper.training.drift.classes, probabilities and features are above 0");
            }
        }
    }

    /**
     * When a model is trained again by itself, unless it says so itself.
     *
     * @param action what follows when there is a reason
     * @param interval how often it is looked at
     * @param accuracyFloor least share of its answers that must be right, of those that people gave the label for; 0: any
     * @param accuracyLabels of the latest so many such answers
     * @param minLabels so many there must be
     * @param drift whether drift is a reason
     * @param newImages so many labelled pictures that it has not learned from are a reason; 0: never
     * @param every so long after the last training it is time; 0: never
     * @param cooldown least time between two trainings of a model, however they were started
     * @param budget trainings of a model that triggers may start within 24 hours
     */
    public record TriggerSettings(
            @DefaultValue("suggest") Triggers.Action action,
            @DefaultValue("5s") Duration interval,
            @DefaultValue("0.75") double accuracyFloor,
            @DefaultValue("200") int accuracyLabels,
            @DefaultValue("50") int minLabels,
            @DefaultValue("true") boolean drift,
            @DefaultValue("0") int newImages,
            @DefaultValue("0s") Duration every,
            @DefaultValue("1h") Duration cooldown,
            @DefaultValue("4") int budget) {

        public TriggerSettings {
            if (interval.compareTo(Duration.ofMillis(100)) < 0 || every.isNegative() || cooldown.isNegative()) {
                throw new IllegalArgumentException(
                        "sandpiper.training.triggers.interval is at least 100ms, every and cooldown must not be negative");
            }
            if (!(accuracyFloor >= 0 && accuracyFloor <= 1)) {
                throw new IllegalArgumentException("sandpiper.training.triggers.accuracy-floor is from 0 to 1");
            }
            if (minLabels < 1 || accuracyLabels < minLabels || newImages < 0 || budget < 0) {
                throw new IllegalArgumentException(
                        "sandpiper.training.triggers.min-labels is at least 1, accuracy-labels at least as many; "
                                + "new-images and budget must not be negative");
            }
        }

        /** @param ofModel what it says goes before what is said here; null: it says nothing */
        public TriggerSettings with(@Nullable Triggers ofModel) {
            return ofModel == null
                    ? this
                    : new TriggerSettings(
                            or(ofModel.action(), action),
                            interval,
                            or(ofModel.accuracyFloor(), accuracyFloor),
                            accuracyLabels,
                            minLabels,
                            or(ofModel.drift(), drift),
                            or(ofModel.newImages(), newImages),
                            or(ofModel.every(), every),
                            or(ofModel.cooldown(), cooldown),
                            or(ofModel.budget(), budget));
        }

        private static <T> T or(@Nullable T ofModel, T ofWorker) {
            return ofModel == null ? ofWorker : ofModel;
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
