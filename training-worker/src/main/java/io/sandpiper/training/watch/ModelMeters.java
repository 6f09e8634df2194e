/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.watch;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.sandpiper.registry.DriftReader;
import io.sandpiper.registry.LiveAccuracy;
import io.sandpiper.registry.LiveLabelsReader;
import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.ModelVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** What monitoring sees of the champions. Every training worker tells the same. */
@Component
final class ModelMeters extends RegularLook {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ModelRegistryReader registry;
    private final LiveLabelsReader labels;
    private final DriftReader drift;
    private final MultiGauge champions = gauge("sandpiper.model.champion", "1 for the version that is to serve");
    private final MultiGauge drifted =
            gauge("sandpiper.model.drifted", "1 while the pictures are not those that the champion was tested on");
    private final MultiGauge distances =
            gauge("sandpiper.model.drift", "how far the pictures are from those, as a share of what is allowed");
    private final MultiGauge accuracies = gauge("sandpiper.model.live.accuracy", "of the answers that people judged");
    private final MultiGauge judged = gauge("sandpiper.model.live.labels", "answers that people judged");

    ModelMeters(ModelRegistryReader registry, LiveLabelsReader liveLabels, DriftReader drift) {
        super("model-meters", EVERY);
        this.registry = registry;
        this.labels = liveLabels;
        this.drift = drift;
    }

    @Override
    protected void look() {
        List<ModelVersion> serving = registry.current().models().values().stream()
                .map(ModelRegistry.Model::champion)
                .filter(Objects::nonNull)
                .toList();
        List<Row<?>> alarms = new ArrayList<>();
        List<Row<?>> figures = new ArrayList<>();
        List<Row<?>> shares = new ArrayList<>();
        List<Row<?>> counts = new ArrayList<>();
        for (ModelVersion version : serving) {
            Tags tags = Tags.of("model", version.model());
            DriftMeasured measured = drift.latest(version.model(), version.version());
            alarms.add(Row.of(tags, measured != null && measured.drifted() ? 1 : 0));
            if (measured != null) {
                measured.figures()
                        .forEach(f -> figures.add(Row.of(
                                tags.and("measure", f.measure().name().toLowerCase(Locale.ROOT)),
                                f.value() / f.limit())));
            }
            LiveAccuracy live = labels.current().accuracy(version.model(), version.version(), Instant.EPOCH);
            counts.add(Row.of(tags, live.labelled()));
            if (live.labelled() > 0) {
                shares.add(Row.of(tags, live.accuracy()));
            }
        }
        champions.register(
                serving.stream()
                        .<Row<?>>map(v -> Row.of(Tags.of("model", v.model(), "version", v.version()), 1))
                        .toList(),
                true);
        drifted.register(alarms, true);
        distances.register(figures, true);
        accuracies.register(shares, true);
        judged.register(counts, true);
    }

    private static MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(Metrics.globalRegistry);
    }
}
