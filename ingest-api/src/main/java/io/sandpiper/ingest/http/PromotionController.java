/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.schemas.ModelPromoted;
import io.sandpiper.schemas.ModelRetired;
import io.sandpiper.schemas.ModelVersion;
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

/** Puts a version into service by hand, and takes it out again. Answers when the registry says so, too. */
@RestController
@RequestMapping("/v1/models/{model}")
final class PromotionController {

    private static final int MAX_REASON = 500;

    private final KnownModels models;
    private final ReadBack readBack;

    PromotionController(KnownModels models, ReadBack readBack) {
        this.models = models;
        this.readBack = readBack;
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
                ? Mono.just(models.view(model))
                : readBack.tell(new ModelPromoted(wanted, reason, Instant.now()));
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
        return readBack.tell(new ModelRetired(champion, Wish.reason("rolled back", wish, exchange), Instant.now()));
    }
}
