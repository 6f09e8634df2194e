/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.trigger;

import io.sandpiper.registry.DriftReader;
import io.sandpiper.registry.LiveAccuracy;
import io.sandpiper.registry.LiveLabelsReader;
import io.sandpiper.registry.LogView;
import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.registry.ModelSettingsReader;
import io.sandpiper.registry.TriggersReader;
import io.sandpiper.schemas.ModelConfigured;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.TrainingCommand;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import io.sandpiper.schemas.TriggerFired;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.TrainingProperties.TriggerSettings;
import io.sandpiper.training.publish.EventPublisher;
import io.sandpiper.training.watch.RegularLook;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at all models for reasons to train them again. Every training worker does: two that decide the same name one job,
 * and a job that is asked for twice runs once.
 */
@Component
final class TriggerWatch extends RegularLook {

    private static final Logger LOG = LoggerFactory.getLogger(TriggerWatch.class);

    private static final LiveAccuracy UNKNOWN = new LiveAccuracy(0, 0, Map.of());

    private final TriggerSettings defaults;
    private final ModelRegistryReader registry;
    private final ModelSettingsReader wanted;
    private final LiveLabelsReader labels;
    private final DriftReader drift;
    private final TriggersReader fired;
    private final LogView<Map<String, TrainingRequested>, TrainingCommand> requested;
    private final LogView<Map<String, TrainingEvent>, TrainingEvent> told;
    private final UnseenPictures unseen;
    private final EventPublisher publisher;

    TriggerWatch(
            TrainingProperties properties,
            ModelRegistryReader registry,
            ModelSettingsReader modelSettings,
            LiveLabelsReader liveLabels,
            DriftReader drift,
            TriggersReader triggers,
            LogView<Map<String, TrainingRequested>, TrainingCommand> requestedTrainings,
            LogView<Map<String, TrainingEvent>, TrainingEvent> jobEvents,
            UnseenPictures unseen,
            EventPublisher publisher) {
        super("triggers", properties.triggers().interval());
        this.defaults = properties.triggers();
        this.registry = registry;
        this.wanted = modelSettings;
        this.labels = liveLabels;
        this.drift = drift;
        this.fired = triggers;
        this.requested = requestedTrainings;
        this.told = jobEvents;
        this.unseen = unseen;
        this.publisher = publisher;
    }

    @Override
    protected void look() {
        if (Stream.of(registry, wanted, labels, drift, fired, requested, told).allMatch(LogView::isCaughtUp)) {
            Set<String> models = new TreeSet<>(registry.current().models().keySet());
            models.addAll(wanted.current().keySet());
            models.forEach(this::look);
        }
    }

    private void look(String model) {
        Instant now = Instant.now();
        ModelConfigured ofModel = wanted.current().get(model);
        TriggerSettings settings = defaults.with(ofModel == null ? null : ofModel.triggers());
        Situation situation = situation(registry.current().model(model));
        TriggerRule.find(situation, settings, now)
                .flatMap(finding -> TriggerDecision.decide(situation, finding, settings, now))
                .ifPresent(this::fire);
    }

    /** It may have no version yet: labelled pictures may bring it the first. */
    private Situation situation(ModelRegistry.Model model) {
        String name = model.name();
        String version = model.championVersion();
        ModelRegistry.Decision promotion =
                version == null ? null : model.decisions().get(version);
        TrainingRequested last = requested.current().get(name);
        return new Situation(
                name,
                version,
                promotion == null ? null : promotion.at(),
                version == null ? UNKNOWN : labels.current().latest(name, version, defaults.accuracyLabels()),
                version == null ? null : drift.latest(name, version),
                () -> unseen.of(name, newestDataset(model)),
                last == null ? null : last.requestedAt(),
                isUnderWay(last),
                fired.current().of(name));
    }

    /** Whether that was promoted or not: what is known to be no better would be trained again and again. */
    private static @Nullable String newestDataset(ModelRegistry.Model model) {
        return model.versions().values().stream()
                .reduce((older, newer) -> newer)
                .map(ModelVersion::datasetDigest)
                .orElse(null);
    }

    private boolean isUnderWay(@Nullable TrainingRequested last) {
        if (last == null) {
            return false;
        }
        TrainingEvent latest = told.current().get(last.jobId());
        return latest == null || latest instanceof TrainingProgressed;
    }

    /** The command first: what was said to be started is. */
    private void fire(TriggerFired trigger) {
        LOG.info("{}: {}", trigger.model(), trigger.reason());
        String jobId = trigger.jobId();
        if (jobId != null) {
            publisher.publish(new TrainingRequested(
                    jobId, trigger.model(), null, null, null, null, null, Hyperparameters.OF_THE_RECIPE, trigger.at()));
        }
        publisher.publish(trigger);
    }
}
