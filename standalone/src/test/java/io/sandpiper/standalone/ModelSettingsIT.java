/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.ModelConfigured;
import io.sandpiper.schemas.Topics;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people want of a model, from the call to the training that goes by it. */
class ModelSettingsIT extends SharedStandalone {

    private static final String MODEL = "set-by-people";

    @TempDir
    private static Path pictures;

    @Test
    void settings_areThereAtOnce_andTrainingsGoByThem() throws Exception {
        assertThat(running.get("/v1/models/" + MODEL).status()).isEqualTo(404);

        Running.Answer made = put(MODEL, """
                {"recipe":"mnist-cnn","inputSize":24,"policy":"MANUAL","triggers":{"newImages":500,"every":"P7D"}}""");

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo("/v1/models/" + MODEL);
        Running.Answer found = running.get("/v1/models/" + MODEL);
        assertThat(found.json()).as("a model without a version").isEqualTo(made.json());
        assertThat(found.get("champion")).isNull();
        assertThat(found.get("versions")).isEqualTo(List.of());
        assertThat(settings(found))
                .containsEntry("recipe", "mnist-cnn")
                .containsEntry("policy", "MANUAL")
                .containsEntry("by", "whoever sits at this machine")
                .containsEntry("triggers", Map.of("newImages", 500, "every", "PT168H"));
        assertThat(new String(running.get("/v1/models").response().body(), StandardCharsets.UTF_8))
                .contains(MODEL);
        assertThat(running.predict(MODEL, new byte[] {1}).status()).isEqualTo(404);

        trainsByThem();
    }

    private static void trainsByThem() throws Exception {
        TrainingJobs.draw(pictures, 40);
        Running.Ended trained =
                running.run(null, "train", MODEL, "--data", pictures.toString(), "--epochs", "1", "--batch-size", "16");

        assertThat(trained.output())
                .as(trained.errors())
                .contains("Version 1 of " + MODEL + " is kept back", "only people promote (policy manual)");
        Running.Answer model = running.get("/v1/models/" + MODEL);
        assertThat(model.get("champion")).isNull();
        assertThat(running.run(null, "model", "evaluate", MODEL).errors())
                .contains("No version of " + MODEL + " serves. Name the one to evaluate.");
        Map<?, ?> version = (Map<?, ?>) ((List<?>) model.get("versions")).get(0);
        assertThat(Files.readString(objects().resolve(String.valueOf(version.get("manifestKey")))))
                .contains("\"recipe\" : \"mnist-cnn\"", "\"height\" : 24");

        assertThat(running.run(null, "model", "set", MODEL, "--policy", "auto", "--recipe", "default")
                        .output())
                .isEqualToNormalizingNewlines("""
                        set-by-people:
                          input size     24
                          policy         auto
                          new images     500
                          every          PT168H
                        """);
        Running.Answer changed = running.get("/v1/models/" + MODEL);
        assertThat(settings(changed)).doesNotContainKey("recipe").containsEntry("inputSize", 24);
        assertThat(put(MODEL, "{}").status()).isEqualTo(200);
        assertThat(running.run(null, "model", "set", MODEL).output()).contains("nothing is set");
        assertThat(running.records(Topics.MODEL_SETTINGS).stream()
                        .map(Topics.MODEL_SETTINGS::value)
                        .filter(said -> said.model().equals(MODEL))
                        .map(ModelConfigured::inputSize))
                .containsExactly(24, 24, null);
    }

    @Test
    void nonsense_isRefusedInWords() throws Exception {
        assertThat(put("no-such-model", "{\"policy\":\"SOMETIMES\"}").get("detail"))
                .isEqualTo("policy is AUTO or MANUAL.");
        assertThat(put("UPPER", "{}").get("code")).isEqualTo("invalid-model-name");
        assertThat(running.get("/v1/models/no-such-model").status()).isEqualTo(404);
        assertThat(running.run(null, "model", "set", "no-such-model", "--budget", "many")
                        .errors())
                .contains("--budget: many is no number");
    }

    private static Running.Answer put(String model, String settings) throws Exception {
        return running.call(running.request("/v1/models/" + model)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(settings)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> settings(Running.Answer model) {
        return (Map<String, Object>) model.get("settings");
    }
}
