/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class PropertiesTest {

    @Test
    void defaults_areTheDocumentedOnes() {
        IngestProperties properties = bind(Map.of("sandpiper.ingest.state-dir", "x"));

        assertThat(properties.stateDir()).isEqualTo(Path.of("x"));
        assertThat(properties.maxWait()).isEqualTo(Duration.ofSeconds(60));
        assertThat(properties.publishThreads()).isEqualTo(8);
        assertThat(properties.imageLimits().maxBytes()).isEqualTo(10 * 1024 * 1024);
        assertThat(properties.imageLimits().maxPixels()).isEqualTo(50_000_000);
        assertThat(properties.imageLimits().maxSide()).isEqualTo(16_384);
        assertThat(properties.modelUpload()).as("networks from strangers").isFalse();
        assertThat(properties.maxModelBytes()).isEqualTo(DataSize.ofMegabytes(500));
    }

    @Test
    void values_areBound() {
        IngestProperties properties = bind(Map.of(
                "sandpiper.ingest.state-dir", "x",
                "sandpiper.ingest.max-wait", "5s",
                "sandpiper.ingest.publish-threads", "3",
                "sandpiper.ingest.max-image-bytes", "1KB",
                "sandpiper.ingest.max-image-pixels", "100",
                "sandpiper.ingest.max-image-side", "10"));

        assertThat(properties.maxWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(properties.publishThreads()).isEqualTo(3);
        assertThat(properties.imageLimits().maxBytes()).isEqualTo(1024);
        assertThat(properties.imageLimits().maxPixels()).isEqualTo(100);
        assertThat(properties.imageLimits().maxSide()).isEqualTo(10);
    }

    @Test
    void nonsense_isRefusedWithTheNameOfTheSetting() {
        assertThatThrownBy(() -> bind(Map.of("sandpiper.ingest.max-wait", "1s")))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage("sandpiper.ingest.state-dir is not set: the result stores need a folder");
        assertThatThrownBy(
                        () -> bind(Map.of("sandpiper.ingest.state-dir", "x", "sandpiper.ingest.publish-threads", "0")))
                .isInstanceOf(BindException.class);
    }

    private static IngestProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("sandpiper.ingest", IngestProperties.class);
    }
}
