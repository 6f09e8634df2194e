/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PropertiesTest {

    @Test
    void defaultsAndValues_areBound() {
        assertThat(bind(Map.of("sandpiper.dashboard.state-dir", "x")))
                .isEqualTo(new DashboardProperties(
                        Path.of("x"), null, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMinutes(60)));
        assertThat(bind(Map.of(
                        "sandpiper.dashboard.state-dir", "x",
                        "sandpiper.dashboard.interval", "500ms",
                        "sandpiper.dashboard.history", "10s",
                        "sandpiper.dashboard.long-history", "5m")))
                .isEqualTo(new DashboardProperties(
                        Path.of("x"), null, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofMinutes(5)));
    }

    @Test
    void nonsense_isRefused() {
        assertThatThrownBy(() -> bind(Map.of("sandpiper.dashboard.interval", "1s")))
                .isInstanceOf(BindException.class);
        assertThatThrownBy(
                        () -> bind(Map.of("sandpiper.dashboard.state-dir", "x", "sandpiper.dashboard.interval", "1ms")))
                .isInstanceOf(BindException.class);
    }

    private static DashboardProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("sandpiper.dashboard", DashboardProperties.class);
    }
}
