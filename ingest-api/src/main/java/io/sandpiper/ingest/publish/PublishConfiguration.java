/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.publish;

import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.objectstore.SharedKeys;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Ids that every instance of the API knows as its own. */
@Configuration(proxyBeanMethods = false)
class PublishConfiguration {

    @Bean
    PredictionIds predictionIds(ObjectStore store) {
        return new PredictionIds(SharedKeys.of(store, "prediction-id-key"), Clock.systemUTC());
    }
}
