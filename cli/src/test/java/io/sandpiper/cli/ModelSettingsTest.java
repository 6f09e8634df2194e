/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelSettingsTest {

    @Test
    void whatIsNotNamed_staysAsItIs() {
        ModelSettings settings = new ModelSettings(Map.of(
                "recipe", "mnist-cnn", "policy", "AUTO", "triggers", Map.of("newImages", 500, "cooldown", "PT1H")));

        settings.set("policy", "MANUAL");
        settings.set("recipe", null);
        settings.setTrigger("newImages", 100);

        assertThat(settings.body())
                .isEqualTo(Map.of(
                        "recipe",
                        "mnist-cnn",
                        "policy",
                        "MANUAL",
                        "triggers",
                        Map.of("newImages", 100, "cooldown", "PT1H")));
    }

    @Test
    void defaultTakesASettingBack() {
        ModelSettings settings = new ModelSettings(Map.of("recipe", "mnist-cnn", "triggers", Map.of("newImages", 500)));

        settings.set("recipe", "default");
        settings.setTrigger("newImages", "default");

        assertThat(settings.body()).isEmpty();
        assertThat(settings.lines("pets")).containsExactly("pets: nothing is set.");
    }

    @Test
    void lines_tellWhatIsSet() {
        ModelSettings settings = new ModelSettings(null);
        settings.set("policy", "MANUAL");
        settings.set("inputSize", 32);
        settings.setTrigger("drift", false);
        settings.setTrigger("every", "PT168H");

        assertThat(settings.lines("pets"))
                .containsExactly(
                        "pets:",
                        "  input size     32",
                        "  policy         manual",
                        "  drift          off",
                        "  every          PT168H");
    }
}
