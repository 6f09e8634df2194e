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
        Compared compared = compare(model, candidate, evaluation, champion, dataset);
        // Asked at the end of what may have taken hours: what people want by then counts.
        PromotionGate gate = new PromotionGate(rules.with(settings.policy(model)));
        return new Verdict(
                evaluation,
                gate.decide(compared.candidate(), compared.champion()),
                Evaluator.profile(candidate, dataset.test()));
    }

    /** @param champion on the same pictures; null when there is none to compare with */
    private record Compared(Evaluation candidate, @Nullable Evaluation champion) {}

    /** @param evaluation of the candidate, on all held-out pictures */
    private Compared compare(
            String model, Classifier candidate, Evaluation evaluation, @Nullable ModelVersion champion, Dataset dataset)
            throws InterruptedException {
        Compared nothing = new Compared(evaluation, null);
        if (champion == null || !PromotionGate.comparable(dataset.labels(), champion.labels())) {
            return nothing;
        }
        Classifier classifier = stored.open(champion).orElse(null);
        if (classifier == null) {
            return nothing;
        }
        try (classifier) {
            List<Sample> heldOut = dataset.test();
            List<Sample> asItSees = Tensors.fits(heldOut.get(0).pixels(), classifier.input())
                    ? heldOut
                    : datasets.heldOut(model, dataset.digest(), classifier.input());
            if (dataset.labels().equals(champion.labels())) {
                return new Compared(evaluation, Evaluator.evaluate(model, classifier, asItSees, 0));
            }
            List<Sample> ofItsClasses = relabelled(asItSees, dataset.labels(), champion.labels());
            return ofItsClasses.isEmpty()
                    ? nothing
                    : new Compared(
                            Evaluator.evaluate(
                                    model, candidate, ofClasses(heldOut, dataset.labels(), champion.labels()), 0),
                            Evaluator.evaluate(model, classifier, ofItsClasses, 0));
        }
    }

    private static List<Sample> ofClasses(List<Sample> samples, List<String> labels, List<String> known) {
        return samples.stream()
                .filter(sample -> known.contains(labels.get(sample.label())))
                .toList();
    }

    /** Those of known classes, each by its place among them. */
    private static List<Sample> relabelled(List<Sample> samples, List<String> labels, List<String> known) {
        return ofClasses(samples, labels, known).stream()
                .map(sample -> new Sample(sample.pixels(), known.indexOf(labels.get(sample.label())), sample.origin()))
                .toList();
    }
}
