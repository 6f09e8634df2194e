/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.admission.ApiKeys;
import io.sandpiper.ingest.admission.ApiKeys.NewKey;
import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.schemas.ApiKeyChanged;
import io.sandpiper.schemas.ApiKeyChanged.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Makes keys, lists them without their secrets, and revokes them. */
@RestController
@RequestMapping("/v1/keys")
final class ApiKeyController {

    private static final String HOLDER = "[A-Za-z0-9][A-Za-z0-9._@-]{0,62}";
    private static final int MAX_DAYS = 3650;

    private final IngestProperties properties;
    private final ApiKeys keys;
    private final Publisher publisher;

    ApiKeyController(IngestProperties properties, ApiKeys keys, Publisher publisher) {
        this.properties = properties;
        this.keys = keys;
        this.publisher = publisher;
    }

    /**
     * What a key is to be.
     *
     * @param holder whose it is
     * @param days how long it may be used; absent: as configured
     * @param imagesPerSecond absent: as configured
     */
    record KeyRequest(
            @Nullable String holder,
            @Nullable Set<Scope> scopes,
            @Nullable Integer days,
            @Nullable Integer imagesPerSecond) {}

    /** @param key only in the answer to its making */
    record KeyView(
            String keyId,
            @Nullable String key,
            String holder,
            Set<Scope> scopes,
            @Nullable Integer imagesPerSecond,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant revokedAt) {

        static KeyView of(ApiKeyChanged changed, @Nullable String key) {
            return new KeyView(
                    changed.keyId(),
                    key,
                    changed.holder(),
                    changed.scopes(),
                    changed.imagesPerSecond(),
                    changed.createdAt(),
                    changed.expiresAt(),
                    changed.revokedAt());
        }
    }

    @PostMapping
    Mono<ResponseEntity<KeyView>> create(@RequestBody KeyRequest request) {
        String holder = request.holder() == null ? "" : request.holder();
        Set<Scope> scopes = request.scopes() == null ? Set.of() : request.scopes();
        require(holder.matches(HOLDER), "holder has 1 to 63 letters, digits and . _ @ -");
        require(!scopes.isEmpty(), "scopes has one or more of PREDICT, LABEL, TRAIN, ADMIN");
        require(
                request.days() == null || (request.days() >= 1 && request.days() <= MAX_DAYS),
                "days is from 1 to " + MAX_DAYS);
        require(request.imagesPerSecond() == null || request.imagesPerSecond() >= 1, "imagesPerSecond is at least 1");
        require(
                keys.areConfigured() || scopes.contains(Scope.ADMIN),
                "the first key has the scope ADMIN: from then on nobody makes another without it");
        Duration lifetime = request.days() == null ? properties.keyLifetime() : Duration.ofDays(request.days());
        NewKey created = keys.create(holder, scopes, request.imagesPerSecond(), Instant.now(), lifetime);
        return publisher
                .publish(created.changed())
                .then(Mono.fromSupplier(() ->
                        ResponseEntity.status(HttpStatus.CREATED).body(KeyView.of(created.changed(), created.key()))));
    }

    @GetMapping
    List<KeyView> list() {
        return keys.all().stream()
                .sorted(Comparator.comparing(ApiKeyChanged::createdAt))
                .map(key -> KeyView.of(key, null))
                .toList();
    }

    /** For good. Known everywhere as soon as the other instances have read it: a moment. */
    @DeleteMapping("/{keyId}")
    Mono<KeyView> revoke(@PathVariable String keyId) {
        ApiKeyChanged revoked = keys.find(keyId)
                .orElseThrow(() -> new ApiException(HttpStatus.NOT_FOUND, "unknown-key", "There is no key of that id."))
                .revoked(Instant.now());
        return publisher.publish(revoked).then(Mono.fromSupplier(() -> KeyView.of(revoked, null)));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "invalid-key-request", rule + ".");
        }
    }
}
