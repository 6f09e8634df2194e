/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.schemas.ApiKeyChanged.Scope;
import io.sandpiper.schemas.Json;
import java.io.PrintWriter;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keys of the API. From the first one on, nobody comes in without. */
@Command(name = "key", description = "Makes, lists and revokes keys of the API.", mixinStandardHelpOptions = true)
final class KeyCommand {

    private static final String PATH = "/v1/keys";

    private final ApiClient api;

    @Spec
    private @Nullable CommandSpec spec;

    KeyCommand(ApiClient api) {
        this.api = api;
    }

    private record Key(
            String keyId,
            @Nullable String key,
            String holder,
            Set<Scope> scopes,
            Instant expiresAt,
            @Nullable Instant revokedAt) {}

    /** Prints the key alone, so that a script can take it. */
    @Command(name = "create", description = "Makes a key and prints it, this once.", mixinStandardHelpOptions = true)
    void create(
            @Option(
                            names = "--scope",
                            required = true,
                            split = ",",
                            description = "${COMPLETION-CANDIDATES}; the first key needs ADMIN.")
                    Set<Scope> scopes,
            @Option(
                            names = "--holder",
                            defaultValue = "default",
                            description =
                                    "Whose it is (default: ${DEFAULT-VALUE}). Keys of one holder see the same predictions.")
                    String holder,
            @Option(names = "--days", paramLabel = "N", description = "How long it may be used (default: 90).")
                    @Nullable
                    Integer days,
            @Option(
                            names = "--images-per-second",
                            paramLabel = "N",
                            description = "How many pictures may be sent with it.")
                    @Nullable
                    Integer imagesPerSecond) {
        Map<String, Object> request = new TreeMap<>();
        request.put("holder", holder);
        request.put("scopes", scopes);
        if (days != null) {
            request.put("days", days);
        }
        if (imagesPerSecond != null) {
            request.put("imagesPerSecond", imagesPerSecond);
        }
        Key created = api.call(
                api.request(PATH)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(request)))
                        .build(),
                Key.class);
        out().println(created.key());
    }

    @Command(name = "list", description = "Lists keys, without their secrets.", mixinStandardHelpOptions = true)
    void list() {
        for (Key key : api.call(api.request(PATH).build(), Key[].class)) {
            String state = key.revokedAt() != null ? "revoked " + key.revokedAt() : "until " + key.expiresAt();
            out().println("%s  %s  %s  %s".formatted(key.keyId(), key.holder(), key.scopes(), state));
        }
    }

    @Command(name = "revoke", description = "Revokes a key for good.", mixinStandardHelpOptions = true)
    void revoke(@Parameters(paramLabel = "ID", description = "As key list prints it.") String id) {
        Key revoked = api.call(api.request(PATH + "/" + id).DELETE().build(), Key.class);
        out().println(revoked.keyId() + " is revoked.");
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec, "not called by picocli")
                .commandLine()
                .getOut();
    }
}
