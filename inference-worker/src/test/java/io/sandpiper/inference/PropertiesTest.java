/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PropertiesTest {

    @Test
    void defaults_areTheDocumentedOnes() {
        InferenceProperties properties = bind(Map.of("sandpiper.inference.worker-id", "w"));

        assertThat(properties.topK()).isEqualTo(5);
        assertThat(properties.loadRetry()).isEqualTo(Duration.ofSeconds(5));
        assertThat(properties.imageLimits().maxBytes()).isEqualTo(10 * 1024 * 1024);
    }

    @Test
    void values_areBound() {
        InferenceProperties properties = bind(Map.of(
                "sandpiper.inference.worker-id", "w",
                "sandpiper.inference.top-k", "2",
                "sandpiper.inference.load-retry", "1s",
                "sandpiper.inference.max-image-bytes", "1KB",
                "sandpiper.inference.max-image-pixels", "100",
                "sandpiper.inference.max-image-side", "10"));

        assertThat(properties.workerId()).isEqualTo("w");
        assertThat(properties.topK()).isEqualTo(2);
        assertThat(properties.loadRetry()).isEqualTo(Duration.ofSeconds(1));
        assertThat(properties.imageLimits().maxPixels()).isEqualTo(100);
    }

    @Test
    void workerWithoutAName_doesNotStart() {
        assertThatThrownBy(() -> bind(Map.of("sandpiper.inference.worker-id", " ")))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage("sandpiper.inference.worker-id is not set: every worker needs a name of its own");
        assertThatThrownBy(() -> bind(Map.of("sandpiper.inference.worker-id", "w", "sandpiper.inference.top-k", "0")))
                .isInstanceOf(BindException.class);
    }

    private static InferenceProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("sandpiper.inference", InferenceProperties.class);
    }
}
