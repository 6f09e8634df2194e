/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.watch;

import io.sandpiper.registry.LiveLabels;
import io.sandpiper.registry.LiveLabelsReader;
import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelRetired;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.TrainingProperties.Watch;
import io.sandpiper.training.publish.EventPublisher;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks at what people say of the champions' answers, on a thread of its own, for some time after each promotion. Every
 * training worker does: that a version is retired is the same, said once or twice.
 */
@Component
final class PromotionWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PromotionWatch.class);

    private final Watch settings;
    private final WatchRule rule;
    private final ModelRegistryReader registry;
    private final LiveLabelsReader labels;
    private final EventPublisher publisher;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "promotion-watch"));
    private volatile boolean running;

    PromotionWatch(
            TrainingProperties properties,
            ModelRegistryReader registry,
            LiveLabelsReader liveLabels,
            EventPublisher publisher) {
        this.settings = properties.watch();
        this.rule = new WatchRule(settings);
        this.registry = registry;
        this.labels = liveLabels;
        this.publisher = publisher;
    }

    @Override
    public void start() {
        running = true;
        if (!settings.window().isZero()) {
            long millis = settings.interval().toMillis();
            var unused = thread.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void look() {
        try {
            if (registry.isCaughtUp() && labels.isCaughtUp()) {
                registry.current().models().values().forEach(this::look);
            }
        } catch (RuntimeException e) {
            if (running) {
                LOG.warn("What is said of the champions could not be acted upon, trying again: {}", e.toString());
            }
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
        return rule.objection(
                known.accuracy(champion.model(), champion.version(), promotedAt),
                known.accuracy(before.model(), before.version(), Instant.EPOCH),
                before.labels().equals(champion.labels()) ? before.metrics().get(ModelVersion.ACCURACY) : null);
    }
}
