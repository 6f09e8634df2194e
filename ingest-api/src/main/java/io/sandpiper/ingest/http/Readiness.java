/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.result.Results;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.registry.ModelSettingsReader;
import io.sandpiper.service.ServiceReadiness;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Whether the API can do its work. */
@Component
final class Readiness implements ServiceReadiness {

    private final ModelRegistryReader registry;
    private final ModelSettingsReader settings;
    private final Results results;

    Readiness(ModelRegistryReader ingestModelRegistry, ModelSettingsReader ingestModelSettings, Results results) {
        this.registry = ingestModelRegistry;
        this.settings = ingestModelSettings;
        this.results = results;
    }

    /** Which models there are, and what is wanted of them. */
    boolean isRegistryRead() {
        return registry.isCaughtUp() && settings.isCaughtUp();
    }

    boolean areResultsReady() {
        return results.isReady();
    }

    @Override
    public boolean isReady() {
        return isRegistryRead() && areResultsReady();
    }

    /** What balancers look at. */
    HttpStatus status() {
        return isReady() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
    }
}
