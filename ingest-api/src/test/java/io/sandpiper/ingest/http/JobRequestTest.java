/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.schemas.TrainingRequested.Augmentation;
import io.sandpiper.schemas.TrainingRequested.ClassWeights;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import io.sandpiper.schemas.TrainingRequested.Plateau;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRequestTest {

    @Test
    void whatIsLeftOut_isTheRecipes() {
        TrainingRequested command = JobRequest.OF_THE_RECIPE.command("job", "m");

        assertThat(command.recipe()).isNull();
        assertThat(command.from()).isNull();
        assertThat(command.hyperparameters()).isEqualTo(Hyperparameters.OF_THE_RECIPE);
    }

    @Test
    void whatIsAskedFor_isInTheCommand() {
        TrainingRequested command = command("""
                {'from': 'champion', 'epochs': 5, 'augmentation': {'rotation': 10, 'shift': 2}, 'classWeights': 'balanced',
                 'clipNorm': 1, 'plateau': {'patience': 2}, 'patience': 4, 'keepBest': false}""");

        assertThat(command.from()).isEqualTo("champion");
        assertThat(command.hyperparameters())
                .isEqualTo(new Hyperparameters(
                        5,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new Augmentation(null, 2, 10.0, null, null, null),
                        ClassWeights.BALANCED,
                        1.0,
                        new Plateau(2, null),
                        4,
                        false));
        assertThat(command("{'augmentation': 'none'}").hyperparameters().augmentation())
                .isEqualTo(Augmentation.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'epochs': 0}                             | epochs is from 1 to 10000.",
                "{'width': 9}                              | width is from 0.1 to 4.",
                "{'from': 'best'}                          | from is champion, scratch, or the name of a version, such as 3.",
                "{'from': 'scratch', 'pretrained': 'a.h5'} | pretrained and from are two beginnings; give one of them, or none.",
                "{'augmentation': {'rotation': 200}}       | augmentation.rotation is from 0 to 180.",
                "{'augmentation': {'zoom': 1}}             | augmentation.zoom is from 0 to 0.9.",
                "{'augmentation': {'shift': -1}}           | augmentation.shift is from 0 to 255.",
                "{'classWeights': 'fair'}                  | classWeights is none or balanced.",
                "{'clipNorm': -1}                          | clipNorm is 0 or more.",
                "{'patience': -1}                          | patience is from 0 to 10000.",
                "{'plateau': {'factor': 1}}                | plateau.factor is above 0 and below 1."
            })
    void whatCannotBe_isRefusedWithWhatCan(String body, String detail) {
        assertThatThrownBy(() -> command(body)).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.getStatusCode().value()).isEqualTo(400);
            assertThat(refusal.getBody().getDetail()).isEqualTo(detail);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'augmentation': 'much'}",
                "{'augmentation': {'twirl': 1}}",
                "{'augmentation': {'zoom': 'x'}}",
                "{'augmentation': 3}"
            })
    void changeThatThereIsNot_isRefusedWithThoseThereAre(String body) {
        assertThatThrownBy(() -> command(body))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.getBody().getDetail())
                                .startsWith("augmentation is none, or an object with some of the numbers flip, shift"));
    }

    private static TrainingRequested command(String body) {
        return Json.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), JobRequest.class)
                .command("job", "m");
    }
}
