/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.TrainingEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the page shows at one moment.
 *
 * @param throughput answers a second, oldest second first; the running second is left out
 * @param latest the last answers, newest first
 * @param models champion version by model
 * @param trainings the last word of the latest jobs, newest first
 * @param ready false while the streams are starting: then the rest may be empty
 */
public record LiveView(
        Instant at,
        boolean ready,
        List<Second> throughput,
        List<PredictionCompleted> latest,
        Map<String, String> models,
        List<TrainingEvent> trainings) {

    public LiveView {
        throughput = List.copyOf(throughput);
        latest = List.copyOf(latest);
        models = Map.copyOf(models);
        trainings = List.copyOf(trainings);
    }

    /** @param answers by state, of all models */
    public record Second(Instant at, Map<String, Long> answers) {}
}
