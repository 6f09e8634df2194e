/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import static io.sandpiper.training.fit.Fittings.digits;
import static io.sandpiper.training.fit.Fittings.recipe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.RecipeNetwork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class GradientClipTest {

    private static final Recipe RECIPE = recipe("""
            {"type": "CONVOLUTION", "filters": 4}, {"type": "BATCH_NORM"}, {"type": "RELU"}, {"type": "MAX_POOL"}""");

    @Test
    void gradient_getsNoLongerThanItMay_andKeepsItsDirection() throws Exception {
        try (Replicas network = replicas()) {
            Shard shard = shard();
            shard.computeGradient(network.primary());
            List<INDArray> whole = learned(network);
            double norm = norm(whole) / shard.pictures();
            INDArray mean = network.primary()
                    .gradient()
                    .getGradientFor("batch-norm-2_mean")
                    .dup();
            assertThat(norm).isGreaterThan(0.02);

            GradientClip.clip(network.primary().gradient(), shard.pictures(), 2 * norm);
            assertThat(learned(network)).as("short enough").isEqualTo(whole);
            GradientClip.clip(network.primary().gradient(), shard.pictures(), 0.01);

            List<INDArray> clipped = learned(network);
            assertThat(norm(clipped) / shard.pictures()).isCloseTo(0.01, within(1e-6));
            for (int i = 0; i < whole.size(); i++) {
                assertThat(clipped.get(i)
                                .mul(norm / 0.01)
                                .sub(whole.get(i))
                                .amaxNumber()
                                .doubleValue())
                        .isLessThan(1e-3);
            }
            assertThat(network.primary().gradient().getGradientFor("batch-norm-2_mean"))
                    .as("a running mean is no gradient")
                    .isEqualTo(mean);
        }
    }

    /** The views that are clipped are those that the step takes. */
    @Test
    void stepOfAClippedNetwork_movesItsWeightsLess() throws Exception {
        assertThat(moved(1e-9)).isLessThan(moved(0) / 10);
    }

    /** How far one step with both replicas takes the last layer. Adam goes by direction, until a gradient is as small as its epsilon. */
    private static double moved(double clipNorm) throws Exception {
        Replicas network =
                new Replicas(RecipeNetwork.configuration(RECIPE, RECIPE.training(), 3), 2, 1, false, clipNorm);
        try (network) {
            INDArray before = network.primary().getLayer("output-5").params().dup();
            network.step(List.of(shard(), shard()));
            return network.primary()
                    .getLayer("output-5")
                    .params()
                    .sub(before)
                    .norm2Number()
                    .doubleValue();
        }
    }

    private static Replicas replicas() {
        return new Replicas(RecipeNetwork.configuration(RECIPE, RECIPE.training(), 3), 1, 1, false, 0);
    }

    private static List<INDArray> learned(Replicas network) {
        List<INDArray> parts = new ArrayList<>();
        network.primary().gradient().gradientForVariable().forEach((name, part) -> {
            if (!name.endsWith("_mean") && !name.endsWith("_var")) {
                parts.add(part.dup());
            }
        });
        return parts;
    }

    private static double norm(List<INDArray> parts) {
        return Math.sqrt(parts.stream()
                .mapToDouble(part -> Math.pow(part.norm2Number().doubleValue(), 2))
                .sum());
    }

    private static Shard shard() throws Exception {
        List<List<Shard>> shards = new ArrayList<>();
        try (Batches batches = new Batches(RECIPE, RECIPE.training(), digits(0, 2), 3, null, 1)) {
            batches.forEach(1, (step, made) -> shards.add(made));
        }
        return shards.get(0).get(0);
    }
}
