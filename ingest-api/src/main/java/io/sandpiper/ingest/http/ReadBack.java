/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.registry.LogView;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.registry.ModelSettingsReader;
import io.sandpiper.schemas.ModelConfigured;
import io.sandpiper.schemas.ModelEvent;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Tells something of a model, and answers when it has been read back: whoever asks this instance next finds it. Thread-safe. */
@Component
final class ReadBack {

    private static final Duration READ_LIMIT = Duration.ofSeconds(5);

    private final Publisher publisher;
    private final ModelRegistryReader registry;
    private final ModelSettingsReader settings;
    private final KnownModels models;
    private final Scheduler blockingCalls;

    ReadBack(
            Publisher publisher,
            ModelRegistryReader ingestModelRegistry,
            ModelSettingsReader ingestModelSettings,
            KnownModels models,
            Scheduler blockingCalls) {
        this.publisher = publisher;
        this.registry = ingestModelRegistry;
        this.settings = ingestModelSettings;
        this.models = models;
        this.blockingCalls = blockingCalls;
    }

    /** @return the model after it; an ApiException when it is recorded, and could not be read in time */
    Mono<ModelView> tell(ModelEvent event) {
        return after(publisher.publish(event), registry, event.modelVersion().model());
    }

    /** As the other. */
    Mono<ModelView> tell(ModelConfigured said) {
        return after(publisher.publish(said), settings, said.model());
    }

    private Mono<ModelView> after(Mono<Void> published, LogView<?, ?> log, String model) {
        return published
                .then(Mono.fromCallable(() -> log.awaitCaughtUp(Instant.now(), READ_LIMIT))
                        .subscribeOn(blockingCalls))
                .map(read -> {
                    if (!read) {
                        throw ApiException.unavailable(
                                "registry-behind",
                                "It is recorded, and could not be read back. GET /v1/models/%s tells.".formatted(model),
                                Duration.ofSeconds(1));
                    }
                    return models.view(model);
                });
    }
}
