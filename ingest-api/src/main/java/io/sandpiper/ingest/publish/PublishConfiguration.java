/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.publish;

import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The key of the prediction ids lies in the object store, where the first instance put it. */
@Configuration(proxyBeanMethods = false)
class PublishConfiguration {

    private static final int KEY_BYTES = 32;

    @Bean
    PredictionIds predictionIds(ObjectStore store) {
        String name = ObjectKeys.shared("prediction-id-key");
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        if (!store.putIfAbsent(name, key, "application/octet-stream")) {
            key = store.get(name, KEY_BYTES)
                    .orElseThrow(() -> new IllegalStateException("the object " + name + " is there and is not"));
        }
        return new PredictionIds(key, Clock.systemUTC());
    }
}
