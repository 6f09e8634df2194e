/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.ServingProfile;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.DatasetLoader;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.evaluate.Evaluation;
import io.sandpiper.training.evaluate.Evaluator;
import io.sandpiper.training.evaluate.PromotionGate;
import io.sandpiper.training.publish.StoredModels;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Holds a candidate against the champion: both as they serve, one after the other, on the same held-out pictures. */
@Component
final class Judge {

    private final DatasetLoader datasets;
    private final StoredModels stored;
    private final CurrentSettings settings;
    private final TrainingProperties.Gate rules;

    Judge(TrainingProperties properties, DatasetLoader datasets, StoredModels stored, CurrentSettings settings) {
        this.datasets = datasets;
        this.stored = stored;
        this.settings = settings;
        this.rules = properties.gate();
    }

    /**
     * @param evaluation of the candidate
     * @param profile of its answers
     */
    record Verdict(Evaluation evaluation, PromotionGate.Decision decision, ServingProfile profile) {}

    Verdict judge(String model, Classifier candidate, @Nullable ModelVersion champion, Dataset dataset)
            throws InterruptedException {
        Evaluation evaluation = Evaluator.evaluate(
                model, candidate, dataset.test(), dataset.train().size());
        Evaluation champions = champion(champion, dataset);
        // Asked at the end of what may have taken hours: what people want by then counts.
        PromotionGate gate = new PromotionGate(rules.with(settings.policy(model)));
        return new Verdict(
                evaluation, gate.decide(evaluation, champions), Evaluator.profile(candidate, dataset.test()));
    }

    /** Null when there is none to compare with. */
    private @Nullable Evaluation champion(@Nullable ModelVersion champion, Dataset dataset)
            throws InterruptedException {
        if (champion == null || !PromotionGate.comparable(dataset.labels(), champion.labels())) {
            return null;
        }
        Classifier classifier = stored.open(champion).orElse(null);
        if (classifier == null) {
            return null;
        }
        try (classifier) {
            List<Sample> heldOut = dataset.test();
            if (!Tensors.fits(heldOut.get(0).pixels(), classifier.input())) {
                heldOut = datasets.heldOut(champion.model(), dataset.digest(), classifier.input());
            }
            return Evaluator.evaluate(champion.model(), classifier, heldOut, 0);
        }
    }
}
