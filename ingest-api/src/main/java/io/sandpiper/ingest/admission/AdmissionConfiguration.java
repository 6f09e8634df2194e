/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.objectstore.SharedKeys;
import io.sandpiper.registry.LogView;
import io.sandpiper.schemas.ApiKeyChanged;
import io.sandpiper.schemas.Topics;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys, as their topic tells them. */
@Configuration(proxyBeanMethods = false)
class AdmissionConfiguration {

    @Bean(initMethod = "start", destroyMethod = "close")
    LogView<Map<String, ApiKeyChanged>, ApiKeyChanged> apiKeyLog(KafkaProperties kafka) {
        return new LogView<>(kafka.buildConsumerProperties(), Topics.API_KEYS, Map.of(), AdmissionConfiguration::with);
    }

    @Bean
    ApiKeys apiKeys(LogView<Map<String, ApiKeyChanged>, ApiKeyChanged> apiKeyLog, ObjectStore store) {
        return new ApiKeys(apiKeyLog::current, SharedKeys.of(store, "api-key-pepper"));
    }

    private static Map<String, ApiKeyChanged> with(Map<String, ApiKeyChanged> keys, ApiKeyChanged changed) {
        Map<String, ApiKeyChanged> next = new HashMap<>(keys);
        next.put(changed.keyId(), changed);
        return Collections.unmodifiableMap(next);
    }
}
