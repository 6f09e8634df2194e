/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.TriggerFired;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether pictures are still what the champion was judged on, and which reasons there were to train it again. */
@Command(
        name = "drift",
        description =
                "Says whether pictures are still what the version that serves was judged on, and why to train it again.",
        mixinStandardHelpOptions = true)
final class ModelDriftCommand implements Runnable {

    private final ApiClient api;

    @Parameters(paramLabel = "MODEL", description = "Its name.")
    private String model = "";

    @Spec
    private @Nullable CommandSpec spec;

    ModelDriftCommand(ApiClient api) {
        this.api = api;
    }

    private record Model(@Nullable String champion) {}

    private record Drift(List<DriftMeasured> measured) {}

    private record Triggers(List<TriggerFired> fired) {}

    @Override
    public void run() {
        String path = "/v1/models/" + URLEncoder.encode(model, StandardCharsets.UTF_8);
        PrintWriter out = Objects.requireNonNull(spec, "not called by picocli")
                .commandLine()
                .getOut();
        String champion = api.call(api.request(path).build(), Model.class).champion();
        if (champion == null) {
            throw new CliException("No version of %s serves yet.".formatted(model));
        }
        List<DriftMeasured> measured = api.call(
                        api.request(path + "/versions/" + champion + "/drift").build(), Drift.class)
                .measured();
        if (measured.isEmpty()) {
            out.println("%s %s: nothing is known yet. It takes some hundred answers.".formatted(model, champion));
        } else {
            DriftMeasured last = measured.get(0);
            out.println(
                    "%s %s, at %s: %s".formatted(model, champion, last.at(), last.drifted() ? "drift" : "no drift"));
            out.println("  " + last.sentence());
        }
        api.call(api.request(path + "/triggers").build(), Triggers.class)
                .fired()
                .forEach(trigger -> {
                    out.println("%s %s (version %s): %s"
                            .formatted(
                                    trigger.at(),
                                    trigger.action().name().toLowerCase(Locale.ROOT),
                                    Objects.requireNonNullElse(trigger.version(), "none"),
                                    trigger.reason()));
                    if (trigger.jobId() != null) {
                        out.println("  job " + trigger.jobId());
                    }
                });
    }
}
