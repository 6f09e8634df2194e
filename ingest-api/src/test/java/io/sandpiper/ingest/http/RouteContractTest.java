/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.Yaml;

/** The controllers and openapi.yaml know the same routes, and the document the scope that each asks for. */
class RouteContractTest {

    private static final String NOBODY = "none";

    @Test
    void everyRoute_isDescribed_withItsScope() throws Exception {
        assertThat(implemented()).isEqualTo(described());
    }

    private static Map<String, String> implemented() throws Exception {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        Map<String, String> routes = new TreeMap<>();
        for (var bean : scanner.findCandidateComponents("io.sandpiper.ingest")) {
            Class<?> controller = Class.forName(bean.getBeanClassName());
            RequestMapping prefix = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
            for (Method method : controller.getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping == null) {
                    continue;
                }
                for (RequestMethod verb : mapping.method()) {
                    for (String path : mapping.path().length == 0 ? new String[] {""} : mapping.path()) {
                        String whole = (prefix == null ? "" : prefix.path()[0]) + path;
                        if (!whole.startsWith("/internal")) {
                            routes.put(verb.name() + " " + whole, scope(verb.asHttpMethod(), whole));
                        }
                    }
                }
            }
        }
        return routes;
    }

    private static String scope(HttpMethod method, String path) {
        PathContainer parsed = PathContainer.parsePath(path.replaceAll("[{}]", ""));
        return RouteScopes.isPublic(method, parsed)
                ? NOBODY
                : RouteScopes.of(method, parsed).map(Enum::name).orElse("closed");
    }

    private static Map<String, String> described() throws Exception {
        Map<String, Map<String, Map<String, Object>>> paths;
        try (InputStream in = RouteContractTest.class.getResourceAsStream("/contract/openapi.yaml")) {
            Map<String, Map<String, Map<String, Map<String, Object>>>> document = new Yaml().load(in);
            paths = document.get("paths");
        }
        Map<String, String> routes = new TreeMap<>();
        paths.forEach((path, operations) -> operations.keySet().stream()
                .filter(verb -> !verb.equals("parameters"))
                .forEach(verb -> routes.put(
                        verb.toUpperCase(Locale.ROOT) + " " + path,
                        String.valueOf(operations.get(verb).getOrDefault("x-scope", NOBODY)))));
        return routes;
    }
}
