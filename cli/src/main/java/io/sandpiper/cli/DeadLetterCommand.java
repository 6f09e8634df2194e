/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import java.io.PrintWriter;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records that other systems sent and no worker could read. */
@Command(
        name = "dlt",
        description = "Lists records that no worker could read, and sends them back.",
        mixinStandardHelpOptions = true)
final class DeadLetterCommand {

    private static final String PATH = "/v1/dead-letters";

    private final ApiClient api;

    @Spec
    private @Nullable CommandSpec spec;

    DeadLetterCommand(ApiClient api) {
        this.api = api;
    }

    private record DeadLetter(
            String id,
            Instant at,
            @Nullable String reason,
            @Nullable String topic,
            @Nullable String partition,
            @Nullable String offset,
            @Nullable String key,
            int bytes) {}

    @Command(name = "list", description = "Lists them, the latest first.", mixinStandardHelpOptions = true)
    void list(
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "How many, 1000 at most (default: ${DEFAULT-VALUE}).")
                    int limit) {
        for (DeadLetter dead : api.call(api.request(PATH + "?limit=" + limit).build(), DeadLetter[].class)) {
            out().println("%s  %s  %s %s@%s  %d bytes  %s"
                    .formatted(
                            dead.id(),
                            dead.at(),
                            dead.topic(),
                            dead.partition(),
                            dead.offset(),
                            dead.bytes(),
                            dead.reason()));
        }
    }

    @Command(
            name = "replay",
            description = "Sends records back to where they came from, for when the fault is mended.",
            mixinStandardHelpOptions = true)
    void replay(
            @Parameters(arity = "1..*", paramLabel = "ID", description = "As dlt list prints it.") List<String> ids) {
        for (String id : ids) {
            DeadLetter dead = api.call(
                    api.request(PATH + "/" + id + "/replay")
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    DeadLetter.class);
            out().println("%s is in %s again.".formatted(dead.id(), dead.topic()));
        }
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec, "not called by picocli")
                .commandLine()
                .getOut();
    }
}
