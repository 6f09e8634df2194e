/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.objectstore.SharedKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What makes an instance one of several. */
@Configuration(proxyBeanMethods = false)
class PeerConfiguration {

    @Bean
    PeerToken peerToken(ObjectStore store) {
        return new PeerToken(SharedKeys.of(store, "peer-key"));
    }
}
