/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.watch;

import io.sandpiper.registry.DriftReader;
import io.sandpiper.registry.LiveLabels;
import io.sandpiper.registry.LiveLabelsReader;
import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelRetired;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.TrainingProperties.Watch;
import io.sandpiper.training.publish.EventPublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at what people say of the champions' answers, and at how sure they are of them, for some time after each promotion.
 * Every training worker does: that a version is retired is the same, said once or twice.
 */
@Component
final class PromotionWatch extends RegularLook {

    private static final Logger LOG = LoggerFactory.getLogger(PromotionWatch.class);

    private final Watch settings;
    private final WatchRule rule;
    private final ModelRegistryReader registry;
    private final LiveLabelsReader labels;
    private final DriftReader drift;
    private final EventPublisher publisher;

    PromotionWatch(
            TrainingProperties properties,
            ModelRegistryReader registry,
            LiveLabelsReader liveLabels,
            DriftReader drift,
            EventPublisher publisher) {
        super(
                "promotion-watch",
                properties.watch().window().isZero()
                        ? Duration.ZERO
                        : properties.watch().interval());
        this.settings = properties.watch();
        this.rule = new WatchRule(settings);
        this.registry = registry;
        this.labels = liveLabels;
        this.drift = drift;
        this.publisher = publisher;
    }

    @Override
    protected void look() {
        if (registry.isCaughtUp() && labels.isCaughtUp() && drift.isCaughtUp()) {
            registry.current().models().values().forEach(this::look);
        }
    }

    private void look(ModelRegistry.Model model) {
        List<ModelVersion> candidates = model.candidates();
        if (candidates.size() < 2) {
            return;
        }
        ModelVersion champion = candidates.get(0);
        ModelRegistry.Decision promotion = model.decisions().get(champion.version());
        if (promotion == null || promotion.at().plus(settings.window()).isBefore(Instant.now())) {
            return;
        }
        objection(champion, candidates.get(1), promotion.at()).ifPresent(reason -> {
            LOG.warn("{} {} is rolled back: {}", champion.model(), champion.version(), reason);
            publisher.publish(new ModelRetired(champion, "rolled back by itself: " + reason, Instant.now()));
        });
    }

    private Optional<String> objection(ModelVersion champion, ModelVersion before, Instant promotedAt) {
        LiveLabels known = labels.current();
        Optional<String> wrong = rule.objection(
                known.accuracy(champion.model(), champion.version(), promotedAt),
                known.accuracy(before.model(), before.version(), Instant.EPOCH),
                before.labels().equals(champion.labels()) ? before.metrics().get(ModelVersion.ACCURACY) : null);
        return wrong.isPresent()
                ? wrong
                : rule.objection(
                        drift.latest(champion.model(), champion.version()),
                        drift.latest(before.model(), before.version()));
    }
}
