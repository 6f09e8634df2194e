/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import static io.sandpiper.training.fit.Fittings.LABELS;
import static io.sandpiper.training.fit.Fittings.SMALL;
import static io.sandpiper.training.fit.Fittings.digits;
import static io.sandpiper.training.fit.Fittings.fit;
import static io.sandpiper.training.fit.Fittings.mislabelled;
import static io.sandpiper.training.fit.Fittings.wanted;
import static io.sandpiper.training.fit.Fittings.weights;
import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.fit.Fittings.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The more is learned here, the worse it gets on the validation pictures: their labels are wrong. */
class EarlyStoppingTest {

    private final Dataset worsening;

    EarlyStoppingTest() throws Exception {
        worsening = new Dataset("d", LABELS, digits(0, 8), mislabelled(digits(500, 4)), digits(1000, 2));
    }

    @Test
    void patience_endsTheFitting_withTheWeightsOfTheBestEpoch() throws Exception {
        Told told = new Told();

        FittedNetwork network = fit(
                SMALL,
                wanted("{'epochs': 12, 'learningRate': 0.01, 'patience': 2}"),
                worsening,
                Start.AT_RANDOM,
                told,
                null);

        int best = network.fitted().keptEpoch();
        double lowest = told.validations.get(best - 1).loss();
        assertThat(told.validations).allSatisfy(v -> assertThat(v.loss()).isGreaterThanOrEqualTo(lowest));
        assertThat(network.fitted().epochs()).isEqualTo(best + 2).isLessThan(12);
        assertThat(network.fitted().stopped())
                .startsWith("the validation loss was lowest after epoch " + best)
                .endsWith("patience is 2 epochs");
        assertThat(weights(network).toFloatVector())
                .containsExactly(told.states.get(best - 1).weights());
        assertThat(Validation.of(network.classifier(), worsening.validation(), null)
                        .loss())
                .isEqualTo(lowest);
    }

    @Test
    void theBestEpoch_isKeptWithoutPatience_andTheLastWhereThatIsWanted() throws Exception {
        Told told = new Told();

        FittedNetwork best = fit(
                SMALL,
                wanted("{'epochs': 6, 'learningRate': 0.01, 'keepBest': true}"),
                worsening,
                Start.AT_RANDOM,
                told,
                null);
        FittedNetwork last = fit(
                SMALL,
                wanted("{'epochs': 12, 'learningRate': 0.01, 'patience': 2, 'keepBest': false}"),
                worsening,
                Start.AT_RANDOM,
                new Told(),
                null);

        assertThat(best.fitted().epochs()).isEqualTo(6);
        assertThat(best.fitted().stopped()).isNull();
        assertThat(best.fitted().keptEpoch()).isLessThan(6);
        assertThat(weights(best).toFloatVector())
                .containsExactly(told.states.get(best.fitted().keptEpoch() - 1).weights());
        assertThat(last.fitted().keptEpoch()).isEqualTo(last.fitted().epochs()).isLessThan(12);
    }

    /** With everything on that has a memory. */
    @Test
    void fittingThatGoesOn_endsWhereItWouldHaveWithoutAStop() throws Exception {
        Hyperparameters all = wanted("""
                {'epochs': 10, 'learningRate': 0.01, 'patience': 3, 'plateau': {'patience': 1, 'factor': 0.5},
                 'augmentation': {'flip': 0.5, 'rotation': 15, 'zoom': 0.2, 'brightness': 0.3},
                 'classWeights': 'balanced', 'clipNorm': 0.5}""");
        Told told = new Told();

        FittedNetwork whole = fit(SMALL, all, worsening, Start.AT_RANDOM, told, null);

        assertThat(whole.fitted().stopped()).isNotNull();
        assertThat(told.states.get(told.states.size() - 1).seen().rate())
                .as("the plateau's share of the rate")
                .isLessThan(1);
        for (FitState state :
                List.of(told.states.get(0), told.states.get(2), told.states.get(told.states.size() - 1))) {
            FittedNetwork resumed = fit(SMALL, all, worsening, Start.AT_RANDOM, new Told(), state);
            assertThat(resumed.fitted()).as("from epoch " + state.epoch()).isEqualTo(whole.fitted());
            assertThat(weights(resumed)).as("from epoch " + state.epoch()).isEqualTo(weights(whole));
        }
    }

    @Test
    void withoutValidationPictures_allEpochsAreFitted() throws Exception {
        Dataset blind = new Dataset("d", LABELS, digits(0, 4), List.of(), digits(1000, 2));

        FittedNetwork network = fit(
                SMALL, wanted("{'epochs': 3, 'patience': 1, 'plateau': {}}"), blind, Start.AT_RANDOM, new Told(), null);

        assertThat(network.fitted().epochs()).isEqualTo(3);
        assertThat(network.fitted().keptEpoch()).isEqualTo(3);
    }
}
