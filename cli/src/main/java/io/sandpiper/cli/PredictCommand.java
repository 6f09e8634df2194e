/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends pictures, prints answers: one line a picture. */
@Command(
        name = "predict",
        description = "Sends pictures to a running instance and prints label and probability.",
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {

    private final ApiClient api;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Pictures: PNG, JPEG, GIF, BMP or WebP.")
    private List<Path> files = List.of();

    @Option(names = "--model", paramLabel = "NAME", description = "Which model to ask (default: ${DEFAULT-VALUE}).")
    private String model = "mnist";

    @Option(names = "--wait", paramLabel = "SECONDS", description = "How long to wait (default: ${DEFAULT-VALUE}).")
    private int wait = 30;

    @Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    PredictCommand(ApiClient api) {
        this.api = api;
    }

    private record Prediction(
            String id,
            String state,
            @Nullable String label,
            @Nullable Double probability,
            @Nullable String modelVersion,
            @Nullable Reason reason) {}

    @Override
    public Integer call() {
        boolean allPredicted = true;
        for (Path file : files) {
            String line;
            try {
                Prediction prediction = predict(file);
                allPredicted &= prediction.label() != null;
                line = describe(prediction);
            } catch (CliException e) {
                allPredicted = false;
                line = String.valueOf(e.getMessage());
            }
            out(file + "  " + line);
        }
        return allPredicted ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private Prediction predict(Path file) {
        byte[] image;
        try {
            image = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CliException("cannot be read");
        }
        String query = "model=" + URLEncoder.encode(model, StandardCharsets.UTF_8);
        HttpRequest request = api.request("/v1/predictions?" + query)
                .header("Content-Type", "application/octet-stream")
                .header("Prefer", "wait=" + wait)
                .POST(HttpRequest.BodyPublishers.ofByteArray(image))
                .build();
        return api.call(request, Prediction.class);
    }

    private static String describe(Prediction prediction) {
        Double probability = prediction.probability();
        if (prediction.label() != null && probability != null) {
            return String.format(
                    Locale.ROOT,
                    "%s  %.1f %%  (version %s)",
                    prediction.label(),
                    100 * probability,
                    prediction.modelVersion());
        }
        Reason reason = prediction.reason();
        return reason == null
                ? "no answer yet; ask again for " + prediction.id()
                : prediction.state().toLowerCase(Locale.ROOT) + ": " + reason.detail();
    }

    private void out(String line) {
        if (spec != null) {
            spec.commandLine().getOut().println(line);
        }
    }
}
