/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.registry.LogView;
import io.sandpiper.schemas.ApiKeyChanged;
import io.sandpiper.schemas.ApiKeyChanged.Scope;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Before the first request: an API that others can reach has keys, or does not start. Brings in the first key where one
 * is configured.
 */
@Component
final class BindGuard implements SmartLifecycle {

    private static final Duration READ_LIMIT = Duration.ofSeconds(30);
    private static final Duration LIFETIME = Duration.ofDays(3650);

    private final IngestProperties properties;
    private final ServerProperties server;
    private final LogView<Map<String, ApiKeyChanged>, ApiKeyChanged> log;
    private final ApiKeys keys;
    private final Publisher publisher;
    private volatile boolean running;

    BindGuard(
            IngestProperties properties,
            ServerProperties server,
            LogView<Map<String, ApiKeyChanged>, ApiKeyChanged> apiKeyLog,
            ApiKeys keys,
            Publisher publisher) {
        this.properties = properties;
        this.server = server;
        this.log = apiKeyLog;
        this.keys = keys;
        this.publisher = publisher;
    }

    @Override
    public void start() {
        awaitKeys();
        String first = properties.adminKey();
        if (first != null && !first.isBlank()) {
            adopt(first);
        }
        if (!keys.areConfigured() && !isLoopback(server.getAddress())) {
            throw new IllegalStateException(
                    ("Others could reach the API at %s without a key. Set SANDPIPER_ADMIN_KEY, or start it on 127.0.0.1 and"
                                    + " make a key with ./sandpiper key create --scope admin.")
                            .formatted(server.getAddress() == null ? "every address" : server.getAddress()));
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void adopt(String key) {
        ApiKeyChanged changed = keys.adopt(key, "admin", Set.of(Scope.ADMIN), Instant.now(), LIFETIME)
                .orElseThrow(() -> new IllegalArgumentException(
                        "sandpiper.ingest.admin-key has not the form of a key: pk_, 16 hex digits, _, 43 characters of"
                                + " base64url."));
        if (keys.find(changed.keyId()).isEmpty()) {
            var unused = publisher.publish(changed).toFuture().join();
            awaitKeys();
        }
    }

    private void awaitKeys() {
        try {
            if (!log.awaitCaughtUp(Instant.now(), READ_LIMIT)) {
                throw new IllegalStateException("the topic api-keys could not be read within " + READ_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** No address means all of them. */
    private static boolean isLoopback(@Nullable InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }
}
