/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.schemas.ModelConfigured;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** How a model is to be trained, and who lets its versions serve. */
@RestController
final class SettingsController {

    private final KnownModels models;
    private final ReadBack readBack;

    SettingsController(KnownModels models, ReadBack readBack) {
        this.models = models;
        this.readBack = readBack;
    }

    /** In the place of all that was set before. A model that nobody knew is known from then on. */
    @PutMapping("/v1/models/{model}")
    Mono<ResponseEntity<ModelView>> put(
            @PathVariable String model, @RequestBody SettingsRequest request, ServerWebExchange exchange) {
        ModelNames.require(model);
        ModelConfigured wanted =
                request.settings(model, ApiKeyFilter.holder(exchange).nameInWords());
        boolean known = models.isKnown(model);
        return readBack.tell(wanted)
                .map(view -> known
                        ? ResponseEntity.ok(view)
                        : ResponseEntity.created(URI.create("/v1/models/" + model))
                                .body(view));
    }
}
