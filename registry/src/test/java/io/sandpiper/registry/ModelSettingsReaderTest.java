/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.ModelConfigured;
import io.sandpiper.schemas.PromotionPolicy;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelSettingsReaderTest {

    @Test
    void lastThatIsSaidOfAModel_isAllOfItsSettings() {
        ModelConfigured first = said("pets", "mnist-cnn", PromotionPolicy.MANUAL);
        ModelConfigured other = said("birds", null, null);
        ModelConfigured last = said("pets", null, PromotionPolicy.AUTO);

        Map<String, ModelConfigured> before = after(Map.of(), first, other);
        Map<String, ModelConfigured> settings = after(before, last);

        assertThat(settings).containsExactly(Map.entry("birds", other), Map.entry("pets", last));
        assertThat(before).as("an earlier state stays as it was").containsEntry("pets", first);
        assertThatThrownBy(settings::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Map<String, ModelConfigured> after(Map<String, ModelConfigured> settings, ModelConfigured... said) {
        Map<String, ModelConfigured> next = settings;
        for (ModelConfigured one : said) {
            next = ModelSettingsReader.with(next, one);
        }
        return next;
    }

    private static ModelConfigured said(String model, String recipe, PromotionPolicy policy) {
        return new ModelConfigured(model, recipe, null, policy, null, "somebody", Instant.EPOCH);
    }
}
