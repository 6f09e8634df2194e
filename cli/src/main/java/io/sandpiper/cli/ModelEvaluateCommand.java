/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.schemas.EvaluationCompleted;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.Json;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a version evaluated, follows the job, and says what came of it. */
@Command(
        name = "evaluate",
        description = "Says how a version does on the held-out pictures that there are now. Nothing is promoted.",
        mixinStandardHelpOptions = true)
final class ModelEvaluateCommand implements Callable<Integer> {

    private final ApiClient api;

    @Parameters(index = "0", paramLabel = "MODEL", description = "Its name.")
    private String model = "";

    @Parameters(
            index = "1",
            paramLabel = "VERSION",
            arity = "0..1",
            description = "Of that model (default: the one that serves).")
    private @Nullable String version;

    @Spec
    private @Nullable CommandSpec spec;

    ModelEvaluateCommand(ApiClient api) {
        this.api = api;
    }

    @Override
    public Integer call() throws InterruptedException {
        String path = "/v1/models/" + URLEncoder.encode(model, StandardCharsets.UTF_8) + "/evaluations";
        JobFollower.Job started = api.call(
                api.request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                Json.write(version == null ? Map.of() : Map.of("version", version))))
                        .build(),
                JobFollower.Job.class);
        if (!(new JobFollower(api, model, new ProgressBar(spec)).await(started) instanceof EvaluationCompleted done)) {
            throw new CliException("Job %s was no evaluation.".formatted(started.jobId()));
        }
        EvaluationReport report = api.call(
                api.request(path + "/" + started.jobId() + "/report")
                        .header("Accept", "application/json")
                        .build(),
                EvaluationReport.class);
        PrintWriter out = Objects.requireNonNull(spec, "not called by picocli")
                .commandLine()
                .getOut();
        ReportText.lines(done.version(), report).forEach(out::println);
        return CommandLine.ExitCode.OK;
    }
}
