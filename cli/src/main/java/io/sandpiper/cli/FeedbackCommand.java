/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.schemas.Json;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a picture shows that was answered for. */
@Command(
        name = "feedback",
        description = "Says what a picture shows that was answered for: so it is known how often a version is right.",
        mixinStandardHelpOptions = true)
final class FeedbackCommand implements Runnable {

    private final ApiClient api;

    @Parameters(index = "0", paramLabel = "ID", description = "Of the prediction.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "LABEL", description = "What the picture shows.")
    private String label = "";

    @Option(names = "--retain", description = "The model learns from the picture at its next training.")
    private boolean retain;

    @Spec
    private @Nullable CommandSpec spec;

    FeedbackCommand(ApiClient api) {
        this.api = api;
    }

    private record Feedback(String model, String modelVersion, String predicted, boolean right) {}

    @Override
    public void run() {
        Feedback given = api.call(
                api.request("/v1/predictions/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/feedback")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                Json.write(Map.of("label", label, "retain", retain))))
                        .build(),
                Feedback.class);
        Objects.requireNonNull(spec, "not called by picocli")
                .commandLine()
                .getOut()
                .println("Version %s of %s said %s: %s."
                        .formatted(
                                given.modelVersion(),
                                given.model(),
                                given.predicted(),
                                given.right() ? "right" : "wrong"));
    }
}
