/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.http;

import io.sandpiper.registry.LoadTestsReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class LoadTestControllerTest {

    /** As on a Kafka of an older version, before any service made the topic. */
    @Test
    void withoutTheTopic_thereAreNone() {
        try (LoadTestsReader reader = new LoadTestsReader(Map.of("bootstrap.servers", "localhost:1"))) {
            WebTestClient.bindToController(new LoadTestController(reader))
                    .build()
                    .get()
                    .uri("/dashboard/load-tests")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_JSON)
                    .expectBody()
                    .json("[]");
        }
    }
}
