/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelConfigured;
import io.sandpiper.schemas.PromotionPolicy;
import io.sandpiper.schemas.Triggers;
import io.sandpiper.schemas.Triggers.Action;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsRequestTest {

    @Test
    void whatIsLeftOut_isTheWorkersChoice() {
        ModelConfigured settings = settings("{}");

        assertThat(settings).isEqualTo(new ModelConfigured("pets", null, null, null, null, "somebody", settings.at()));
    }

    @Test
    void whatIsAskedFor_isInTheSettings() {
        ModelConfigured settings = settings("""
                {'recipe': 'mnist-cnn', 'inputSize': 32, 'policy': 'MANUAL',
                 'triggers': {'action': 'ACT', 'accuracyFloor': 0.9, 'drift': false, 'newImages': 500,
                              'every': 'P7D', 'cooldown': 'PT1H', 'budget': 4},
                 'by': 'whoever set them before', 'at': 'then'}""");

        assertThat(settings)
                .isEqualTo(new ModelConfigured(
                        "pets",
                        "mnist-cnn",
                        32,
                        PromotionPolicy.MANUAL,
                        new Triggers(Action.ACT, 0.9, false, 500, Duration.ofDays(7), Duration.ofHours(1), 4),
                        "somebody",
                        settings.at()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'recipe': '../mnist'}                 | recipe is the name of one that the training workers have, such as mnist-cnn.",
                "{'inputSize': 8}                       | inputSize is from 16 to 512.",
                "{'policy': 'auto'}                     | policy is AUTO or MANUAL.",
                "{'triggers': {'action': 'NONE'}}       | triggers.action is SUGGEST or ACT.",
                "{'triggers': {'accuracyFloor': 1.1}}   | triggers.accuracyFloor is from 0 to 1.",
                "{'triggers': {'newImages': -1}}        | triggers.newImages is 0 or more.",
                "{'triggers': {'budget': 0}}            | triggers.budget is from 1 to 1000.",
                "{'triggers': {'every': 'weekly'}}      | triggers.every is an ISO 8601 duration from PT0S to P3650D, such as P7D or PT1H.",
                "{'triggers': {'cooldown': '-PT1H'}}    | triggers.cooldown is an ISO 8601 duration from PT0S to P3650D, such as P7D or PT1H.",
                "{'triggers': {'cooldown': 'P9999D'}}   | triggers.cooldown is an ISO 8601 duration from PT0S to P3650D, such as P7D or PT1H."
            })
    void whatCannotBe_isRefusedWithWhatCan(String body, String detail) {
        assertThatThrownBy(() -> settings(body)).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.getStatusCode().value()).isEqualTo(400);
            assertThat(refusal.getBody().getDetail()).isEqualTo(detail);
            assertThat(refusal.getBody().getProperties()).containsEntry("code", "invalid-settings");
        });
    }

    private static ModelConfigured settings(String body) {
        return Json.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), SettingsRequest.class)
                .settings("pets", "somebody");
    }
}
