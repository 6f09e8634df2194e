/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.admission.ApiKeys;
import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.schemas.ApiKeyChanged.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Lets people in who look with a browser: it keeps their key in a cookie that no script can read and no other site
 * makes it send. Nothing is kept here: a key that is revoked ends all sessions with it.
 */
@RestController
@RequestMapping("/v1/session")
final class SessionController {

    private final ApiKeys keys;

    SessionController(ApiKeys keys) {
        this.keys = keys;
    }

    /**
     * Who asks.
     *
     * @param keysRequired whether anybody comes in without a key
     * @param signedIn whether whoever asks may do anything
     * @param holder whose key it is; absent where there is none
     */
    record SessionView(
            boolean keysRequired,
            boolean signedIn,
            @Nullable String holder,
            Set<Scope> scopes) {}

    record SignIn(@Nullable String key) {}

    @GetMapping
    SessionView find(ServerWebExchange exchange) {
        if (!keys.areConfigured()) {
            return new SessionView(false, true, null, Holder.LOCAL.scopes());
        }
        return Credentials.of(exchange.getRequest())
                .flatMap(credentials -> keys.authenticate(credentials.key(), Instant.now()))
                .map(holder -> new SessionView(true, true, holder.name(), holder.scopes()))
                .orElse(new SessionView(true, false, null, Set.of()));
    }

    @PostMapping
    SessionView begin(@RequestBody SignIn request, ServerWebExchange exchange) {
        if (!keys.areConfigured()) {
            throw new ApiException(HttpStatus.CONFLICT, "no-keys", "There are no keys: nobody needs to sign in.");
        }
        String key = request.key() == null ? "" : request.key().strip();
        Optional<Holder> holder = keys.authenticate(key, Instant.now());
        if (holder.isEmpty()) {
            throw new ApiException(HttpStatus.FORBIDDEN, "invalid-key", "This is no key, or none that is valid.");
        }
        // For as long as the browser is open.
        exchange.getResponse().addCookie(cookie(exchange, key).build());
        return new SessionView(true, true, holder.get().name(), holder.get().scopes());
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(ServerWebExchange exchange) {
        exchange.getResponse()
                .addCookie(cookie(exchange, "").maxAge(Duration.ZERO).build());
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(ServerWebExchange exchange, String key) {
        return ResponseCookie.from(Credentials.COOKIE, key)
                .path("/")
                .httpOnly(true)
                .sameSite("Strict")
                .secure("https".equals(exchange.getRequest().getURI().getScheme()));
    }
}
