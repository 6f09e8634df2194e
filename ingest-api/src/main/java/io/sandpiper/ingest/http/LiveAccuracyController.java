/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.registry.LiveAccuracy;
import io.sandpiper.registry.LiveLabelsReader;
import io.sandpiper.schemas.ConfidenceInterval;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How often versions are right in service. */
@RestController
final class LiveAccuracyController {

    private static final long MAX_MINUTES = Topics.FEEDBACK_RETENTION.toMinutes();

    private final KnownModels models;
    private final LiveLabelsReader labels;

    LiveAccuracyController(KnownModels models, LiveLabelsReader ingestLiveLabels) {
        this.models = models;
        this.labels = ingestLiveLabels;
    }

    /** Of the pictures that show one thing and were taken for another, or for the same. */
    record Cell(String label, String predicted, long count) {}

    /** @param accuracy absent as the interval when nothing is known */
    record LiveAccuracyView(
            String model,
            String version,
            long labelled,
            long right,
            @Nullable Double accuracy,
            @Nullable ConfidenceInterval interval,
            List<Cell> confusion) {

        static LiveAccuracyView of(ModelVersion version, LiveAccuracy live) {
            boolean known = live.labelled() > 0;
            return new LiveAccuracyView(
                    version.model(),
                    version.version(),
                    live.labelled(),
                    live.right(),
                    known ? live.accuracy() : null,
                    known ? live.interval() : null,
                    live.confusion().entrySet().stream()
                            .flatMap(row -> row.getValue().entrySet().stream()
                                    .map(cell -> new Cell(row.getKey(), cell.getKey(), cell.getValue())))
                            .toList());
        }
    }

    /** @param minutes only of answers that are no older; absent: of all that are known */
    @GetMapping("/v1/models/{model}/versions/{version}/live-accuracy")
    LiveAccuracyView find(
            @PathVariable String model, @PathVariable String version, @RequestParam @Nullable Long minutes) {
        if (minutes != null && (minutes < 1 || minutes > MAX_MINUTES)) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST, "invalid-minutes", "minutes is from 1 to %d.".formatted(MAX_MINUTES));
        }
        ModelVersion known = models.version(model, version);
        Instant since = minutes == null ? Instant.EPOCH : Instant.now().minus(Duration.ofMinutes(minutes));
        return LiveAccuracyView.of(known, labels.current().accuracy(model, version, since));
    }
}
