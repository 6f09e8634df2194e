/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.MalformedMessageException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls the API, and turns what goes wrong into a sentence. */
final class ApiClient {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration REQUEST_LIMIT = Duration.ofMinutes(2);

    private final URI base;
    private final @Nullable String key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    /** @param key of the API; null where it has none */
    ApiClient(URI base, @Nullable String key) {
        this.base = base;
        this.key = key;
    }

    /** An RFC 9457 problem, as far as we read it. */
    private record Problem(@Nullable String code, @Nullable String detail) {}

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(REQUEST_LIMIT);
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    /** @throws CliException when the answer is an error, with the API's own words */
    <T> T call(HttpRequest request, Class<T> type) {
        return read(send(request), type);
    }

    /** The body as it comes, else as {@link #call}. */
    byte[] bytes(HttpRequest request) {
        return checked(send(request)).body();
    }

    /** Null for 404, else as {@link #call}. */
    <T> @Nullable T find(HttpRequest request, Class<T> type) {
        HttpResponse<byte[]> response = send(request);
        return response.statusCode() == 404 ? null : read(response, type);
    }

    private static <T> T read(HttpResponse<byte[]> response, Class<T> type) {
        return Json.read(checked(response).body(), type);
    }

    private static HttpResponse<byte[]> checked(HttpResponse<byte[]> response) {
        if (response.statusCode() >= 400) {
            throw new CliException(problem(response));
        }
        return response;
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new CliException(
                    "Nothing answers at " + base + ". Start it with ./sandpiper up, or set SANDPIPER_URL.");
        } catch (IOException e) {
            throw new CliException("The call to " + request.uri() + " failed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("Interrupted.");
        }
    }

    private static String problem(HttpResponse<byte[]> response) {
        try {
            Problem problem = Json.read(response.body(), Problem.class);
            if (problem.detail() != null) {
                return problem.detail() + (problem.code() == null ? "" : " (" + problem.code() + ")");
            }
        } catch (MalformedMessageException e) {
            // not a problem of ours: the status must do
        }
        return "The API answered with status " + response.statusCode() + ".";
    }
}
