/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.schemas.ApiKeyChanged.Scope;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** What each address asks of a key. What is not listed is closed. */
final class RouteScopes {

    private static final List<Route> ROUTES = List.of(
            new Route(null, "/v1/keys/**", Scope.ADMIN),
            new Route(null, "/v1/dead-letters/**", Scope.ADMIN),
            new Route(HttpMethod.POST, "/v1/predictions/{id}/feedback", Scope.LABEL),
            new Route(null, "/v1/predictions/**", Scope.PREDICT),
            new Route(null, "/v1/bulk/**", Scope.PREDICT),
            new Route(null, "/v2", Scope.PREDICT),
            new Route(null, "/v2/**", Scope.PREDICT),
            new Route(null, "/v1/models/{model}/training-images/**", Scope.LABEL),
            new Route(HttpMethod.GET, "/v1/models/{model}/dataset", Scope.LABEL),
            new Route(HttpMethod.GET, "/v1/models/{model}/datasets/**", Scope.LABEL),
            new Route(HttpMethod.POST, "/v1/models/{model}/files", Scope.ADMIN),
            new Route(HttpMethod.POST, "/v1/models/{model}/imports", Scope.ADMIN),
            new Route(HttpMethod.POST, "/v1/models/{model}/versions/{version}/promotion", Scope.ADMIN),
            new Route(HttpMethod.POST, "/v1/models/{model}/rollback", Scope.ADMIN),
            new Route(HttpMethod.PUT, "/v1/models/{model}", Scope.ADMIN),
            new Route(null, "/v1/models/{model}/training-jobs/**", Scope.TRAIN),
            new Route(HttpMethod.POST, "/v1/models/{model}/evaluations", Scope.TRAIN),
            new Route(HttpMethod.GET, "/v1/models/**", Scope.PREDICT),
            new Route(HttpMethod.GET, "/v1/statistics", Scope.PREDICT),
            new Route(HttpMethod.GET, "/dashboard/**", Scope.PREDICT));

    /** The page without what it shows, and what others ask to know whether we are there. */
    private static final List<PathPattern> PUBLIC = List.of(
            pattern("/"),
            pattern("/index.html"),
            pattern("/ui/**"),
            pattern("/webjars/echarts/**"),
            pattern("/v1/health"),
            pattern("/v1/openapi.yaml"),
            pattern("/docs"),
            pattern("/docs/**"),
            pattern("/webjars/swagger-ui/**"),
            pattern("/v2/health/*"),
            // Known to each other by a token of their own.
            pattern("/internal/**"));

    /** Where people sign in, and out. */
    private static final PathPattern SESSION = pattern("/v1/session");

    private RouteScopes() {}

    private record Route(@Nullable HttpMethod method, PathPattern path, Scope scope) {

        Route(@Nullable HttpMethod method, String path, Scope scope) {
            this(method, pattern(path), scope);
        }
    }

    static boolean isPublic(HttpMethod method, PathContainer path) {
        return SESSION.matches(path)
                || ((method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
                        && PUBLIC.stream().anyMatch(p -> p.matches(path)));
    }

    /** Empty where nobody comes in, with whatever key. */
    static Optional<Scope> of(HttpMethod method, PathContainer path) {
        return ROUTES.stream()
                .filter(r -> (r.method() == null || r.method().equals(method))
                        && r.path().matches(path))
                .map(Route::scope)
                .findFirst();
    }

    private static PathPattern pattern(String path) {
        return PathPatternParser.defaultInstance.parse(path);
    }
}
