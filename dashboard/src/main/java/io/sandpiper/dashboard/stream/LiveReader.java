/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.dashboard.DashboardProperties;
import io.sandpiper.dashboard.stream.LiveTopology.Accuracy;
import io.sandpiper.dashboard.stream.LiveView.Drift;
import io.sandpiper.dashboard.stream.LiveView.LiveAccuracy;
import io.sandpiper.dashboard.stream.LiveView.ModelNow;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.registry.Tally;
import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.TrainingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes views of what the {@link LiveStreams} have added up. Thread-safe; a view costs a few milliseconds. */
@Component
public final class LiveReader {

    private static final Duration RECENT = Duration.ofSeconds(10);
    private static final int JOBS = 20;

    private final DashboardProperties properties;
    private final LiveStreams streams;
    private final LaneReader lanes;
    private final ModelRegistryReader registry;

    LiveReader(
            DashboardProperties properties,
            LiveStreams streams,
            LaneReader lanes,
            ModelRegistryReader dashboardModelRegistry) {
        this.properties = properties;
        this.streams = streams;
        this.lanes = lanes;
        this.registry = dashboardModelRegistry;
    }

    public LiveView view() {
        Instant now = Instant.now();
        try {
            Slices seconds =
                    Slices.read(streams.store(LiveTopology.SECONDS), LiveTopology.SECOND, now, properties.history());
            Slices minutes = Slices.read(
                    streams.store(LiveTopology.MINUTES), LiveTopology.MINUTE, now, properties.longHistory());
            return new LiveView(
                    now,
                    true,
                    streams.behind(seconds.lastAnswer(), now).toMillis(),
                    seconds.slots(),
                    minutes.slots(),
                    models(seconds.byModel()),
                    lanes.current(),
                    seconds.workers(RECENT),
                    trainings());
        } catch (InvalidStateStoreException e) {
            return new LiveView(now, false, 0, List.of(), List.of(), List.of(), lanes.current(), List.of(), List.of());
        }
    }

    /** Empty when nothing is known of that job. */
    public TrainingCurve curve(String jobId) {
        try {
            TrainingCurve curve =
                    streams.<TrainingCurve>store(LiveTopology.CURVES).get(jobId);
            return curve == null ? TrainingCurve.EMPTY : curve;
        } catch (InvalidStateStoreException e) {
            return TrainingCurve.EMPTY;
        }
    }

    private List<ModelNow> models(Map<String, SliceTally> tallies) {
        Map<String, String> champions = new TreeMap<>();
        registry.current().models().forEach((name, model) -> {
            if (model.championVersion() != null) {
                champions.put(name, model.championVersion());
            }
        });
        TreeSet<String> names = new TreeSet<>(champions.keySet());
        names.addAll(tallies.keySet());
        return names.stream()
                .map(name -> model(name, champions.get(name), tallies.getOrDefault(name, new SliceTally())))
                .toList();
    }

    private ModelNow model(String name, @Nullable String champion, SliceTally tally) {
        Tally figures = tally.figures();
        double mean = figures.meanProbability();
        return new ModelNow(
                name,
                champion,
                figures.total(),
                new TreeMap<>(figures.counts()),
                Double.isNaN(mean) ? null : mean,
                new TreeMap<>(tally.labels()),
                Slices.latency(figures),
                champion == null ? null : live(name + "/" + champion),
                champion == null ? null : drift(name + "/" + champion));
    }

    private @Nullable LiveAccuracy live(String version) {
        Accuracy known = streams.<Accuracy>store(LiveTopology.ACCURACY).get(version);
        return known == null || known.labelled() == 0
                ? null
                : new LiveAccuracy(known.labelled(), (double) known.right() / known.labelled());
    }

    private @Nullable Drift drift(String version) {
        DriftMeasured measured =
                streams.<DriftMeasured>store(LiveTopology.DRIFT).get(version);
        return measured == null ? null : new Drift(measured.drifted(), measured.sentence(), measured.at());
    }

    private List<TrainingEvent> trainings() {
        List<TrainingEvent> trainings = new ArrayList<>();
        try (var all = streams.<TrainingEvent>store(LiveTopology.TRAININGS).all()) {
            all.forEachRemaining(e -> trainings.add(e.value));
        }
        trainings.sort(Comparator.comparing(TrainingEvent::at).reversed());
        return trainings.subList(0, Math.min(JOBS, trainings.size()));
    }
}
