/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.sandpiper.schemas.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.Yaml;

/** Holds answers against openapi.yaml: their address, status, type and body. */
final class HttpContract {

    private static final Map<String, Object> DOCUMENT = read();
    /** What is no request is answered before anybody of ours sees it. */
    private static final Set<Integer> BY_THE_SERVER = Set.of(400, 414, 431);

    private static final Map<String, com.networknt.schema.Schema> SCHEMAS = new ConcurrentHashMap<>();

    private HttpContract() {}

    /** @throws AssertionError when the document does not have it so */
    static void check(HttpResponse<byte[]> response) {
        String method = response.request().method().toLowerCase(Locale.ROOT);
        String path = response.uri().getPath();
        if (!path.startsWith("/v1") && !path.startsWith("/v2")) {
            return;
        }
        String call = "%s %s -> %d".formatted(method, path, response.statusCode());
        Optional<Map<String, Object>> route = route(path);
        if (route.isEmpty() || !route.get().containsKey(method)) {
            if (response.statusCode() < 400) {
                throw new AssertionError(call + " is answered, and is not in openapi.yaml");
            }
            return;
        }
        Map<String, Object> responses = map(map(route.get().get(method)).get("responses"));
        Object described = responses.get(String.valueOf(response.statusCode()));
        if (described == null && response.statusCode() >= 400) {
            described = responses.get("default");
        }
        if (described == null) {
            throw new AssertionError(call + ": openapi.yaml has no such status there");
        }
        checkBody(call, map(resolve(described)), response);
    }

    /** Every operation that asks for a scope, with something in the place of its parameters. */
    static Map<String, String> scopes() {
        Map<String, String> scopes = new TreeMap<>();
        map(DOCUMENT.get("paths"))
                .forEach((path, operations) -> map(operations).forEach((method, operation) -> {
                    Object scope =
                            method.equals("parameters") ? null : map(operation).get("x-scope");
                    if (scope != null) {
                        scopes.put(
                                method.toUpperCase(Locale.ROOT) + " "
                                        + path.replace("{model}", "mnist").replaceAll("\\{[^}]*}", "x"),
                                scope.toString());
                    }
                }));
        return scopes;
    }

    private static void checkBody(String call, Map<String, Object> described, HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("").split(";")[0];
        if (response.body().length == 0 && BY_THE_SERVER.contains(response.statusCode())) {
            return;
        }
        Map<String, Object> content = map(described.get("content"));
        if (content.isEmpty() && response.body().length == 0) {
            return;
        }
        if (!content.containsKey(type)) {
            throw new AssertionError("%s: the type is %s, not one of %s".formatted(call, type, content.keySet()));
        }
        if (type.endsWith("json")) {
            Object schema = map(content.get(type)).get("schema");
            var violations =
                    schema(schema).validate(new String(response.body(), StandardCharsets.UTF_8), InputFormat.JSON);
            if (!violations.isEmpty()) {
                throw new AssertionError("%s: %s in %s"
                        .formatted(call, violations, new String(response.body(), StandardCharsets.UTF_8)));
            }
        }
    }

    /** What is written out goes before what is left open. */
    private static Optional<Map<String, Object>> route(String path) {
        return map(DOCUMENT.get("paths")).entrySet().stream()
                .filter(route -> path.matches(route.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
                .min(Comparator.comparingInt(route -> route.getKey().split("\\{").length))
                .map(route -> map(route.getValue()));
    }

    private static com.networknt.schema.Schema schema(Object schema) {
        Map<String, Object> whole = new TreeMap<>();
        whole.put("allOf", List.of(schema));
        whole.put("components", DOCUMENT.get("components"));
        return SCHEMAS.computeIfAbsent(
                new String(Json.write(schema), StandardCharsets.UTF_8),
                key -> SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(new String(Json.write(whole), StandardCharsets.UTF_8)));
    }

    private static Object resolve(Object node) {
        Object reference = map(node).get("$ref");
        if (reference == null) {
            return node;
        }
        Object found = DOCUMENT;
        for (String part :
                new ArrayList<>(List.of(reference.toString().substring(2).split("/")))) {
            found = map(found).get(part);
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return node == null ? Map.of() : (Map<String, Object>) node;
    }

    private static Map<String, Object> read() {
        try (InputStream in = HttpContract.class.getResourceAsStream("/contract/openapi.yaml")) {
            return new Yaml().load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
