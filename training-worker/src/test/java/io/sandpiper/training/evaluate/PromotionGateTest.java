/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.EvaluationReport.ClassReport;
import io.sandpiper.schemas.PromotionPolicy;
import io.sandpiper.training.TrainingProperties.Gate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionGateTest {

    private static final int IMAGES = 1_000;

    private final PromotionGate gate = new PromotionGate(new Gate(PromotionPolicy.AUTO, 0.05, 0.5));

    @Test
    void firstVersion_isPromoted() {
        assertThat(gate.decide(evaluation(30, 0, 100), null).promote()).isTrue();
    }

    @Test
    void candidate_isPromotedWhenItIsNotWorse_withTheNumbers() {
        PromotionGate.Decision decision = gate.decide(evaluation(90, 2, 100), evaluation(90, 0, 100));

        assertThat(decision.promote()).isTrue();
        assertThat(decision.reason())
                .isEqualTo("90.00 % right against the champion's 90.00 %, on the same 1000 held-out pictures"
                        + " (2 only the new one, 2 only the champion; McNemar p = 1.000)");
    }

    @Test
    void worseCandidate_isKeptBack() {
        PromotionGate.Decision decision = gate.decide(evaluation(80, 0, 100), evaluation(90, 0, 100));

        assertThat(decision.promote()).isFalse();
        assertThat(decision.reason())
                .contains("80.00 % right against the champion's 90.00 %", "0 only the new one, 10 only the champion")
                .contains("McNemar p = 0.002")
                .contains("; less accurate; of a it finds 80.00 % instead of 90.00 %");
    }

    /** Better in all, and blind for one class. */
    @Test
    void candidateThatNoLongerFindsAClass_isKeptBack() {
        PromotionGate.Decision decision =
                gate.decide(evaluation(95, 0, 100, 1.0, 0.8), evaluation(90, 0, 100, 0.9, 0.9));

        assertThat(decision.promote()).isFalse();
        assertThat(decision.reason()).endsWith("; of b it finds 80.00 % instead of 90.00 %");
    }

    /** A label that was mistyped once makes a class; that must not let a version in that is worse at all the others. */
    @Test
    void candidateThatKnowsMoreClasses_isComparedOnThoseOfTheChampion() {
        Evaluation more = evaluation(80, 0, 100);
        Evaluation champion = evaluation(90, 0, 100);
        List<ClassReport> withOneMore = new ArrayList<>(more.report().classes());
        withOneMore.add(0, new ClassReport("A", 0, 0, 0, 0, null, null));

        PromotionGate.Decision decision = gate.decide(with(more, withOneMore), champion);

        assertThat(decision.promote()).isFalse();
        assertThat(decision.reason())
                .contains("on the same 1000 held-out pictures of the 3 classes that the champion knows")
                .endsWith(
                        "; less accurate; of a it finds 80.00 % instead of 90.00 %; of b it finds 80.00 % instead of 90.00 %");
        assertThat(PromotionGate.comparable(List.of("A", "a", "b"), List.of("b", "a")))
                .isTrue();
        assertThat(PromotionGate.comparable(List.of("a", "b"), List.of("a", "c")))
                .isFalse();
    }

    private static Evaluation with(Evaluation evaluation, List<ClassReport> classes) {
        EvaluationReport report = evaluation.report();
        return new Evaluation(
                new EvaluationReport(
                        report.model(),
                        report.images(),
                        report.accuracy(),
                        report.loss(),
                        report.macroPrecision(),
                        report.macroRecall(),
                        report.macroF1(),
                        report.macroRocAuc(),
                        classes,
                        report.confusion(),
                        report.imagesPerSecond(),
                        report.trainingImages(),
                        report.evaluatedAt(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                evaluation.right(),
                evaluation.worst());
    }

    @Test
    void muchSlowerCandidate_isKeptBack() {
        PromotionGate.Decision decision = gate.decide(evaluation(95, 0, 49), evaluation(90, 0, 100));

        assertThat(decision.promote()).isFalse();
        assertThat(decision.reason()).endsWith("; slower: 49 pictures a second instead of 100");
    }

    @Test
    void policyManual_promotesNothing_andSaysWhy() {
        PromotionGate manual = new PromotionGate(new Gate(PromotionPolicy.MANUAL, 0.05, 0.5));

        PromotionGate.Decision decision = manual.decide(evaluation(95, 0, 100), evaluation(90, 0, 100));

        assertThat(decision.promote()).isFalse();
        assertThat(decision.reason()).endsWith("nothing speaks against it, and only people promote (policy manual)");
    }

    @Test
    void policyOfTheModel_goesBeforeTheWorkers() {
        Gate auto = new Gate(PromotionPolicy.AUTO, 0.05, 0.5);
        Gate manual = new Gate(PromotionPolicy.MANUAL, 0.05, 0.5);

        assertThat(promotes(auto.with(PromotionPolicy.MANUAL))).isFalse();
        assertThat(promotes(manual.with(PromotionPolicy.AUTO))).isTrue();
        assertThat(promotes(manual.with(null))).isFalse();
        assertThat(promotes(auto.with(null))).isTrue();
    }

    private static boolean promotes(Gate rules) {
        return new PromotionGate(rules)
                .decide(evaluation(95, 0, 100), evaluation(90, 0, 100))
                .promote();
    }

    private static Evaluation evaluation(int right, int from, double speed) {
        return evaluation(right, from, speed, right / 100.0, right / 100.0);
    }

    /** @param from the first picture that it gets right */
    private static Evaluation evaluation(int right, int from, double speed, double recallOfA, double recallOfB) {
        BitSet pictures = new BitSet();
        pictures.set(from, from + right);
        return new Evaluation(
                new EvaluationReport(
                        "m",
                        IMAGES,
                        right / 100.0,
                        0.1,
                        0,
                        0,
                        0,
                        null,
                        List.of(
                                new ClassReport("a", 50, 1, recallOfA, 1, null, null),
                                new ClassReport("b", 50, 1, recallOfB, 1, null, null),
                                new ClassReport("too few to tell", 5, 1, from == 0 ? 1 : 0, 1, null, null)),
                        List.of(),
                        speed,
                        10,
                        Instant.EPOCH,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                pictures,
                List.of());
    }
}
