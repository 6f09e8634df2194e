/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.http.ModelController.ModelView;
import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelEvent;
import io.sandpiper.schemas.ModelPromoted;
import io.sandpiper.schemas.ModelRetired;
import io.sandpiper.schemas.ModelVersion;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Puts a version into service by hand, and takes it out again. Answers when the registry says so, too. */
@RestController
@RequestMapping("/v1/models/{model}")
final class PromotionController {

    private static final Duration READ_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_REASON = 500;

    private final ModelRegistryReader registry;
    private final KnownModels models;
    private final Publisher publisher;
    private final Scheduler blockingCalls;

    PromotionController(
            ModelRegistryReader ingestModelRegistry, KnownModels models, Publisher publisher, Scheduler blockingCalls) {
        this.registry = ingestModelRegistry;
        this.models = models;
        this.publisher = publisher;
        this.blockingCalls = blockingCalls;
    }

    /** @param reason for whoever asks later why this version serves */
    record Wish(@Nullable String reason) {

        static String reason(String done, @Nullable Wish wish, ServerWebExchange exchange) {
            String by = ApiKeyFilter.holder(exchange).nameInWords();
            String why =
                    wish == null || wish.reason() == null ? "" : wish.reason().strip();
            if (why.length() > MAX_REASON || why.codePoints().anyMatch(Character::isISOControl)) {
                throw new ApiException(
                        HttpStatus.BAD_REQUEST,
                        "invalid-reason",
                        "A reason is one line of at most %d characters.".formatted(MAX_REASON));
            }
            return done + " by " + by + (why.isEmpty() ? "" : ": " + why);
        }
    }

    /** Whatever the gate said of it. */
    @PostMapping("/versions/{version}/promotion")
    Mono<ModelView> promote(
            @PathVariable String model,
            @PathVariable String version,
            @RequestBody(required = false) @Nullable Wish wish,
            ServerWebExchange exchange) {
        ModelVersion wanted = models.version(model, version);
        String reason = Wish.reason("promoted", wish, exchange);
        ModelRegistry.Model known = models.model(model);
        return version.equals(known.championVersion())
                ? Mono.just(ModelView.of(known))
                : tell(new ModelPromoted(wanted, reason, Instant.now()));
    }

    /** To the version that served before this one. */
    @PostMapping("/rollback")
    Mono<ModelView> rollBack(
            @PathVariable String model,
            @RequestBody(required = false) @Nullable Wish wish,
            ServerWebExchange exchange) {
        ModelRegistry.Model known = models.model(model);
        ModelVersion champion = known.champion();
        if (champion == null || known.promoted().size() < 2) {
            throw new ApiException(
                    HttpStatus.CONFLICT,
                    "nothing-to-go-back-to",
                    "No version of %s served before the one that serves now.".formatted(model));
        }
        return tell(new ModelRetired(champion, Wish.reason("rolled back", wish, exchange), Instant.now()));
    }

    private Mono<ModelView> tell(ModelEvent event) {
        String model = event.modelVersion().model();
        return publisher
                .publish(event)
                .then(Mono.fromCallable(() -> registry.awaitCaughtUp(Instant.now(), READ_LIMIT))
                        .subscribeOn(blockingCalls))
                .map(read -> {
                    if (!read) {
                        throw ApiException.unavailable(
                                "registry-behind",
                                "It is recorded, and the registry could not be read back. GET /v1/models/%s tells."
                                        .formatted(model),
                                Duration.ofSeconds(1));
                    }
                    return ModelView.of(models.model(model));
                });
    }
}
