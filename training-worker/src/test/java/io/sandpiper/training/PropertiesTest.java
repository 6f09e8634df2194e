/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.DatasetCheck.Kind;
import io.sandpiper.schemas.PromotionPolicy;
import io.sandpiper.schemas.Triggers;
import io.sandpiper.training.TrainingProperties.Drift;
import io.sandpiper.training.TrainingProperties.Firewall;
import io.sandpiper.training.TrainingProperties.Gate;
import io.sandpiper.training.TrainingProperties.TriggerSettings;
import io.sandpiper.training.TrainingProperties.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PropertiesTest {

    @Test
    void defaults_areTheDocumentedOnes() {
        TrainingProperties properties = bind(Map.of());

        assertThat(properties.seedModels()).isNull();
        assertThat(properties.maxImages()).isEqualTo(500_000);
        assertThat(properties.loadThreads()).isEqualTo(4);
        assertThat(properties.replicas()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void values_areBound() {
        TrainingProperties properties = bind(Map.of(
                "sandpiper.training.seed-models", "m",
                "sandpiper.training.max-images", "10",
                "sandpiper.training.load-threads", "2",
                "sandpiper.training.recipes", "r",
                "sandpiper.training.pretrained", "p",
                "sandpiper.training.signing-key", "k",
                "sandpiper.training.verify-key", "v",
                "sandpiper.training.replicas", "3",
                "sandpiper.training.gate.policy", "manual",
                "sandpiper.training.gate.class-floor", "0.1"));
        Firewall firewall = bind(Map.of(
                        "sandpiper.training.firewall.max-corrupt", "0.5",
                        "sandpiper.training.firewall.near-duplicates", "false",
                        "sandpiper.training.firewall.near-duplicate-distance", "2",
                        "sandpiper.training.firewall.near-duplicate-correlation", "0.9",
                        "sandpiper.training.firewall.mislabels", "false",
                        "sandpiper.training.firewall.mislabel-check-images", "7",
                        "sandpiper.training.firewall.quarantine", "mislabelled,near-duplicate"))
                .firewall();

        assertThat(properties)
                .isEqualTo(new TrainingProperties(
                        Path.of("m"),
                        10,
                        2,
                        Path.of("r"),
                        Path.of("p"),
                        Path.of("k"),
                        Path.of("v"),
                        3,
                        10,
                        new Gate(PromotionPolicy.MANUAL, 0.1, 0.5),
                        new Watch(Duration.ofHours(24), Duration.ofSeconds(5), 30, 0.05),
                        new Drift(500, 2_000, 0.25, 0.25, 0.03),
                        new TriggerSettings(
                                Triggers.Action.SUGGEST,
                                Duration.ofSeconds(5),
                                0.75,
                                200,
                                50,
                                true,
                                0,
                                Duration.ZERO,
                                Duration.ofHours(1),
                                4),
                        new Firewall(0.05, true, 4, 0.99, true, 20_000, Set.of(Kind.LEAKAGE))));
        assertThat(firewall)
                .isEqualTo(new Firewall(0.5, false, 2, 0.9, false, 7, Set.of(Kind.MISLABELLED, Kind.NEAR_DUPLICATE)));
        assertThat(bind(Map.of("sandpiper.training.firewall.quarantine", ""))
                        .firewall()
                        .quarantine())
                .isEmpty();
    }

    @Test
    void nonsense_isRefused() {
        assertThatThrownBy(() -> bind(Map.of("sandpiper.training.max-images", "0")))
                .isInstanceOf(BindException.class);
        assertThatThrownBy(() -> bind(Map.of("sandpiper.training.gate.class-floor", "5")))
                .isInstanceOf(BindException.class);
        assertThatThrownBy(() -> bind(Map.of("sandpiper.training.watch.interval", "0")))
                .isInstanceOf(BindException.class);
        Map.of(
                        "max-corrupt", "2",
                        "near-duplicate-distance", "17",
                        "near-duplicate-correlation", "0",
                        "mislabel-check-images", "0",
                        "quarantine", "class-imbalance")
                .forEach((name, value) -> assertThatThrownBy(
                                () -> bind(Map.of("sandpiper.training.firewall." + name, value)))
                        .rootCause()
                        .hasMessageContaining("sandpiper.training.firewall." + name));
    }

    private static TrainingProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("sandpiper.training", TrainingProperties.class);
    }
}
