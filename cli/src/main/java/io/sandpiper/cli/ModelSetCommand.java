/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.schemas.Json;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads what is set, changes what is named, and puts it back. */
@Command(
        name = "set",
        description = {
            "Says how a model is trained, who lets its versions serve, and when it is trained by itself.",
            "What is not named stays as it is; the word default takes a setting back. Without options it shows them."
        },
        mixinStandardHelpOptions = true)
final class ModelSetCommand implements Runnable {

    private final ApiClient api;

    @Parameters(paramLabel = "MODEL", description = "Its name; it need not have a version yet.")
    private String model = "";

    @Option(names = "--recipe", paramLabel = "NAME", description = "Of trainings that name none.")
    private @Nullable String recipe;

    @Option(
            names = "--input-size",
            paramLabel = "PIXELS",
            description = "Height and width, of trainings by that recipe that name none.")
    private @Nullable String inputSize;

    @Option(names = "--policy", paramLabel = "auto|manual", description = "Who promotes: the gate, or people alone.")
    private @Nullable String policy;

    @Option(
            names = "--trigger-action",
            paramLabel = "suggest|act",
            description = "What follows from a reason to train: it is told, or a training begins.")
    private @Nullable String action;

    @Option(
            names = "--accuracy-floor",
            paramLabel = "X",
            description = "A reason: fewer answers are right, of those that people gave labels for. 0: never.")
    private @Nullable String accuracyFloor;

    @Option(
            names = "--drift",
            paramLabel = "on|off",
            description = "A reason: pictures that come in no longer look like the held-out ones.")
    private @Nullable String drift;

    @Option(
            names = "--new-images",
            paramLabel = "N",
            description = "A reason: so many labelled pictures that it has not learned from. 0: no number is.")
    private @Nullable String newImages;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description = "A reason: so long after the last training, such as P7D. PT0S: never.")
    private @Nullable String every;

    @Option(
            names = "--cooldown",
            paramLabel = "DURATION",
            description = "At least so long after the last training, such as PT1H.")
    private @Nullable String cooldown;

    @Option(names = "--budget", paramLabel = "N", description = "At most so many trainings by a reason in 24 hours.")
    private @Nullable String budget;

    @Spec
    private @Nullable CommandSpec spec;

    ModelSetCommand(ApiClient api) {
        this.api = api;
    }

    private record Model(@Nullable Map<String, Object> settings) {}

    @Override
    public void run() {
        String path = "/v1/models/" + URLEncoder.encode(model, StandardCharsets.UTF_8);
        Model known = api.find(api.request(path).build(), Model.class);
        ModelSettings settings = new ModelSettings(known == null ? null : known.settings());
        Map<String, Object> before = settings.body();
        change(settings);
        if (!settings.body().equals(before)) {
            Model set = api.call(
                    api.request(path)
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofByteArray(Json.write(settings.body())))
                            .build(),
                    Model.class);
            settings = new ModelSettings(set.settings());
        }
        PrintWriter out = Objects.requireNonNull(spec, "not called by picocli")
                .commandLine()
                .getOut();
        settings.lines(model).forEach(out::println);
    }

    private void change(ModelSettings settings) {
        settings.set("recipe", recipe);
        settings.set("inputSize", number("--input-size", inputSize));
        settings.set("policy", word(policy));
        settings.setTrigger("action", word(action));
        settings.setTrigger("accuracyFloor", number("--accuracy-floor", accuracyFloor));
        settings.setTrigger("drift", onOrOff(drift));
        settings.setTrigger("newImages", number("--new-images", newImages));
        settings.setTrigger("every", every);
        settings.setTrigger("cooldown", cooldown);
        settings.setTrigger("budget", number("--budget", budget));
    }

    private static @Nullable Object number(String option, @Nullable String value) {
        return value == null || value.equals(ModelSettings.DEFAULT) ? value : TrainOptions.number(option, value);
    }

    /** As the API writes it. */
    private static @Nullable String word(@Nullable String value) {
        return value == null || value.equals(ModelSettings.DEFAULT) ? value : value.toUpperCase(Locale.ROOT);
    }

    private static @Nullable Object onOrOff(@Nullable String value) {
        if (value == null || value.equals(ModelSettings.DEFAULT)) {
            return value;
        }
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new CliException("--drift is on, off or default; not " + value);
        };
    }
}
