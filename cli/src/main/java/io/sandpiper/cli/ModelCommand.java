/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is done with models as a whole. */
@Command(
        name = "model",
        description = "Brings in models, says which version serves, and how well each does.",
        subcommands = {ModelDriftCommand.class, ModelEvaluateCommand.class, ModelSetCommand.class},
        mixinStandardHelpOptions = true)
final class ModelCommand {

    private final ApiClient api;

    @Spec
    private @Nullable CommandSpec spec;

    ModelCommand(ApiClient api) {
        this.api = api;
    }

    private record Uploaded(String sha256) {}

    /** Sends the file, then what it is, and follows the worker that makes a version of both. */
    @Command(
            name = "import",
            description = "Serves an ONNX image classifier that was trained elsewhere.",
            mixinStandardHelpOptions = true)
    int importModel(
            @Parameters(paramLabel = "FILE.onnx", description = "One picture in, one row of classes out.") Path file,
            @Option(names = "--name", required = true, paramLabel = "MODEL", description = "Of the model.") String name,
            @Option(
                            names = "--labels",
                            required = true,
                            paramLabel = "A,B,…|FILE",
                            description = "The classes in the order of the outputs; or a file with one a line.")
                    String labels,
            @Option(
                            names = "--input-size",
                            paramLabel = "PIXELS",
                            description = "Height and width, where the network leaves them open.")
                    @Nullable
                    Integer inputSize,
            @Option(
                            names = "--mean",
                            split = ",",
                            paramLabel = "X",
                            description = "Taken from values of 0 to 1: one a channel, or one for all (default: 0).")
                    double @Nullable [] mean,
            @Option(
                            names = "--std",
                            split = ",",
                            paramLabel = "X",
                            description = "What is left is divided by it; as --mean (default: 1).")
                    double @Nullable [] std,
            @Option(names = "--promote", description = "Let it serve though another version does.") boolean promote)
            throws InterruptedException {
        String path = path(name);
        Map<String, Object> request = new TreeMap<>();
        request.put("labels", labels(labels));
        request.put("promote", promote);
        if (inputSize != null) {
            request.put("inputSize", inputSize);
        }
        if (mean != null) {
            request.put("mean", mean);
        }
        if (std != null) {
            request.put("std", std);
        }
        ProgressBar progress = new ProgressBar(spec);
        progress.show("Uploading", 0, String.valueOf(file));
        request.put("sha256", upload(path, file).sha256());
        return new JobFollower(api, name, progress)
                .follow(api.call(
                        api.request(path + "/imports")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(request)))
                                .build(),
                        JobFollower.Job.class));
    }

    private record Model(String name, @Nullable String champion) {}

    @Command(name = "promote", description = "Lets a version serve.", mixinStandardHelpOptions = true)
    int promote(
            @Parameters(paramLabel = "MODEL", description = "Its name.") String model,
            @Parameters(paramLabel = "VERSION", description = "Of that model.") String version,
            @Option(names = "--reason", paramLabel = "TEXT", description = "For whoever asks later.") @Nullable
                    String reason)
            throws InterruptedException {
        return tell(
                path(model) + "/versions/" + URLEncoder.encode(version, StandardCharsets.UTF_8) + "/promotion", reason);
    }

    @Command(
            name = "rollback",
            description = "Goes back to the version that served before.",
            mixinStandardHelpOptions = true)
    int rollBack(
            @Parameters(paramLabel = "MODEL", description = "Its name.") String model,
            @Option(names = "--reason", paramLabel = "TEXT", description = "For whoever asks later.") @Nullable
                    String reason)
            throws InterruptedException {
        return tell(path(model) + "/rollback", reason);
    }

    @Command(
            name = "report",
            description = "Says how a version did on pictures it never saw.",
            mixinStandardHelpOptions = true)
    int report(
            @Parameters(paramLabel = "MODEL", description = "Its name.") String model,
            @Parameters(
                            paramLabel = "VERSION",
                            arity = "0..1",
                            description = "Of that model (default: the one that serves).")
                    @Nullable
                    String version,
            @Option(
                            names = "--html",
                            paramLabel = "FILE",
                            description = "Keeps the page with figures and pictures there instead.")
                    @Nullable
                    Path html) {
        String wanted = version != null ? version : champion(model);
        HttpRequest.Builder request =
                api.request(path(model) + "/versions/" + URLEncoder.encode(wanted, StandardCharsets.UTF_8) + "/report");
        if (html == null) {
            EvaluationReport report =
                    api.call(request.header("Accept", "application/json").build(), EvaluationReport.class);
            ReportText.lines(wanted, report).forEach(out()::println);
            return CommandLine.ExitCode.OK;
        }
        try {
            Files.write(html, api.bytes(request.header("Accept", "text/html").build()));
        } catch (IOException e) {
            throw new CliException(html + " cannot be written: " + e.getMessage());
        }
        out().println("The report of %s %s is in %s.".formatted(model, wanted, html));
        return CommandLine.ExitCode.OK;
    }

    private String champion(String model) {
        String champion =
                api.call(api.request(path(model)).build(), Model.class).champion();
        if (champion == null) {
            throw new CliException("No version of %s serves. Name the one whose report you want.".formatted(model));
        }
        return champion;
    }

    @Command(name = "cancel", description = "Stops a training, or another job.", mixinStandardHelpOptions = true)
    int cancel(
            @Parameters(paramLabel = "MODEL", description = "Its name.") String model,
            @Parameters(paramLabel = "JOB", description = "As train, import or evaluate said.") String job)
            throws InterruptedException {
        JobFollower.Job cancelled = api.call(
                api.request(path(model) + "/training-jobs/" + URLEncoder.encode(job, StandardCharsets.UTF_8))
                        .DELETE()
                        .build(),
                JobFollower.Job.class);
        out().println("Job %s is being cancelled.".formatted(cancelled.jobId()));
        return CommandLine.ExitCode.OK;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec, "not called by picocli")
                .commandLine()
                .getOut();
    }

    private int tell(String path, @Nullable String reason) throws InterruptedException {
        Model model = api.call(
                api.request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                Json.write(reason == null ? Map.of() : Map.of("reason", reason))))
                        .build(),
                Model.class);
        out().println("%s: version %s serves.".formatted(model.name(), model.champion()));
        return CommandLine.ExitCode.OK;
    }

    private static String path(String model) {
        return "/v1/models/" + URLEncoder.encode(model, StandardCharsets.UTF_8);
    }

    private Uploaded upload(String path, Path file) {
        try {
            return api.call(
                    api.request(path + "/files")
                            .header("Content-Type", "application/octet-stream")
                            .POST(HttpRequest.BodyPublishers.ofFile(file))
                            .build(),
                    Uploaded.class);
        } catch (FileNotFoundException e) {
            throw new CliException("There is no file " + file + ".");
        }
    }

    private static List<String> labels(String labels) {
        Path file = Path.of(labels);
        if (!Files.isRegularFile(file)) {
            return Arrays.stream(labels.split(",")).map(String::strip).toList();
        }
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new CliException(file + " cannot be read: " + e.getMessage());
        }
    }
}
