/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The contract as a page. */
@Configuration(proxyBeanMethods = false)
class DocsRoute {

    @Bean
    RouterFunction<ServerResponse> docs() {
        return RouterFunctions.route()
                .GET(
                        "/docs",
                        request -> ServerResponse.temporaryRedirect(URI.create("/docs/index.html"))
                                .build())
                .build();
    }
}
