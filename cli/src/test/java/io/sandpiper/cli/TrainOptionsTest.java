/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainOptionsTest {

    @Test
    void augmentation_isNone_orNumbersByName() {
        assertThat(TrainOptions.augmentation("none")).isEqualTo("none");
        assertThat(TrainOptions.augmentation("shift=2,rotation=10,zoom=0.1"))
                .isEqualTo(Map.of("shift", 2, "rotation", 10, "zoom", 0.1));
    }

    @Test
    void plateau_isEpochs_andAFactorThatMayBeLeftOut() {
        assertThat(TrainOptions.plateau("3")).isEqualTo(Map.of("patience", 3));
        assertThat(TrainOptions.plateau("3:0.5")).isEqualTo(Map.of("patience", 3, "factor", 0.5));
    }

    @Test
    void nonsense_isToldApart() {
        assertThatThrownBy(() -> TrainOptions.augmentation("rotation"))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("such as rotation=10,zoom=0.1; not rotation");
        assertThatThrownBy(() -> TrainOptions.augmentation("zoom=much"))
                .isInstanceOf(CliException.class)
                .hasMessage("--augmentation zoom=much: much is no number");
        assertThatThrownBy(() -> TrainOptions.plateau("3:"))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("is no number");
    }
}
