/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import java.util.Optional;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The key that a request comes with.
 *
 * @param isCookie whether the browser sent it by itself, on whosever wish
 */
record Credentials(String key, boolean isCookie) {

    static final String COOKIE = "sandpiper-key";

    private static final String BEARER = "Bearer ";

    /** What a program says goes before what a browser keeps. */
    static Optional<Credentials> of(ServerHttpRequest request) {
        String header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            return header.startsWith(BEARER)
                    ? Optional.of(
                            new Credentials(header.substring(BEARER.length()).strip(), false))
                    : Optional.empty();
        }
        HttpCookie cookie = request.getCookies().getFirst(COOKIE);
        return cookie == null ? Optional.empty() : Optional.of(new Credentials(cookie.getValue(), true));
    }
}
