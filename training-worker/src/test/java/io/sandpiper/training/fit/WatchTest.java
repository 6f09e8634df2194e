/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import static io.sandpiper.training.fit.Fittings.SMALL;
import static io.sandpiper.training.fit.Fittings.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.training.fit.recipe.Recipe;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final Phase WHOLE = new Phase(1, 10, Integer.MAX_VALUE, 1);

    @Test
    void plateau_lowersTheRate_whenTheLossIsNoBetterForSoLong_andNotBelowItsFloor() {
        Watch watch = watch("{'epochs': 10, 'plateau': {'patience': 2, 'factor': 0.1}}");
        watch.begin(WHOLE, 0);
        double[] losses = {1, 0.9, 0.95, 0.92, 0.95, 0.8, 0.8, 0.8, 0.8, 0.8};
        double[] rates = {1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01};

        for (int i = 0; i < losses.length; i++) {
            watch.see(i + 1, losses[i], () -> new float[1]);
            assertThat(watch.rate()).as("after epoch " + (i + 1)).isCloseTo(rates[i], within(1e-12));
            assertThat(watch.stops(WHOLE, i + 1)).isNull();
        }
        assertThat(watch.seen().bestEpoch()).isEqualTo(6);
    }

    /** The first phase may last longer than patience does; the second one has time of its own. */
    @Test
    void patience_beginsAnewWithEachPhase_andEndsOnlyTheLast() {
        Watch watch = watch("{'epochs': 10, 'patience': 2, 'plateau': {'patience': 1}}");
        Phase head = new Phase(1, 4, 1, 1);
        Phase rest = new Phase(5, 10, 4, 0.1);
        watch.begin(head, 0);
        for (int epoch = 1; epoch <= 4; epoch++) {
            watch.see(epoch, 0.5, () -> new float[1]);
            assertThat(watch.stops(head, epoch)).isNull();
        }
        assertThat(watch.rate()).isLessThan(1);

        watch.begin(rest, 4);
        assertThat(watch.rate()).isEqualTo(1);
        assertThat(watch.stops(rest, 4)).isNull();
        watch.see(5, 0.6, () -> new float[1]);
        assertThat(watch.stops(rest, 5)).isNull();
        watch.see(6, 0.6, () -> new float[1]);
        assertThat(watch.stops(rest, 6))
                .isEqualTo("the validation loss was lowest after epoch 1 (0.5000), and patience is 2 epochs");
    }

    /** A fitting that went astray is no reason to keep what it began with. */
    @Test
    void lossThatIsNoNumber_isNeverTheBest() {
        Watch watch = watch("{'epochs': 10, 'patience': 1}");
        watch.begin(WHOLE, 0);
        watch.see(1, Double.NaN, () -> new float[1]);

        assertThat(watch.seen().bestEpoch()).isZero();
        assertThat(watch.hasBetterThan(1)).isFalse();
        assertThat(watch.stops(WHOLE, 1)).isNull();
    }

    @Test
    void schedule_isTheCosine_orStaysUntilTheWatchLowersIt() {
        Recipe.Training cosine = SMALL.training();
        Recipe.Training plateau = cosine.with(wanted("{'plateau': {}}"));

        assertThat(new Schedule(cosine, true).rate(0, 1)).isCloseTo(0.005, within(1e-12));
        assertThat(new Schedule(cosine, true).rate(0.5, 1)).isCloseTo(0.005 * 0.505, within(1e-12));
        assertThat(new Schedule(plateau, true).rate(0.5, 1)).isEqualTo(0.005);
        assertThat(new Schedule(plateau, true).rate(0.9, 0.1)).isCloseTo(0.0005, within(1e-12));
        assertThat(new Schedule(plateau, false).rate(0.5, 1))
                .as("without validation pictures")
                .isCloseTo(0.005 * 0.505, within(1e-12));
        assertThat(new Schedule(cosine.with(wanted("{'plateau': {'patience': 0}}")), true).rate(0.5, 1))
                .isCloseTo(0.005 * 0.505, within(1e-12));
    }

    private static Watch watch(String wanted) {
        return new Watch(SMALL.training().with(wanted(wanted)), null);
    }
}
