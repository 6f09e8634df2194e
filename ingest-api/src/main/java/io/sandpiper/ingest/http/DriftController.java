/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.registry.DriftReader;
import io.sandpiper.registry.TriggersReader;
import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.TriggerFired;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Whether pictures are still what versions were judged on, and whether a model should be trained again. */
@RestController
final class DriftController {

    private final KnownModels models;
    private final DriftReader drift;
    private final TriggersReader triggers;

    DriftController(KnownModels models, DriftReader ingestDrift, TriggersReader ingestTriggers) {
        this.models = models;
        this.drift = ingestDrift;
        this.triggers = ingestTriggers;
    }

    /** @param measured the newest first; none before there were enough answers */
    record DriftView(String model, String version, boolean drifted, List<DriftMeasured> measured) {}

    @GetMapping("/v1/models/{model}/versions/{version}/drift")
    DriftView drift(@PathVariable String model, @PathVariable String version) {
        ModelVersion known = models.version(model, version);
        List<DriftMeasured> measured = drift.of(known.model(), known.version());
        return new DriftView(
                known.model(),
                known.version(),
                !measured.isEmpty() && measured.get(0).drifted(),
                measured);
    }

    /** @param fired the newest first */
    record TriggersView(String model, List<TriggerFired> fired) {}

    @GetMapping("/v1/models/{model}/triggers")
    TriggersView triggers(@PathVariable String model) {
        return new TriggersView(models.model(model).name(), triggers.current().of(model));
    }
}
