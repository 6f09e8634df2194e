/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelEvent;
import io.sandpiper.schemas.ModelPublished;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.testsupport.DrawnDigits;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trainings of one model, asked for over HTTP and followed in their topics. */
final class TrainingJobs {

    private final Running running;
    private final String model;

    TrainingJobs(Running running, String model) {
        this.running = running;
        this.model = model;
    }

    /** Uploads digits of three kinds, and makes version 1 of them. */
    void begin(Path pictures, int each) throws Exception {
        draw(pictures, each);
        Running.Ended trained = running.run(
                null, "train", model, "--data", pictures.toString(), "--epochs", "1", "--recipe", "mnist-cnn");
        assertThat(trained.output()).as(trained.errors()).contains("Version 1 of " + model);
    }

    /** A folder for each of three digits. */
    static void draw(Path pictures, int each) throws Exception {
        for (int digit : List.of(0, 1, 7)) {
            Path folder = Files.createDirectories(pictures.resolve(String.valueOf(digit)));
            for (int i = 0; i < each; i++) {
                Files.write(folder.resolve(i + ".png"), DrawnDigits.png(digit, i));
            }
        }
    }

    /** @return the job's id */
    String request(Map<String, Object> wanted) throws Exception {
        Running.Answer answer = running.call(running.request("/v1/models/" + model + "/training-jobs")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(wanted))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return String.valueOf(answer.get("jobId"));
    }

    List<TrainingEvent> events(String job) {
        return running.records(Topics.TRAINING_EVENTS).stream()
                .map(Topics.TRAINING_EVENTS::value)
                .filter(event -> event.jobId().equals(job))
                .toList();
    }

    TrainingEvent last(String job) {
        List<TrainingEvent> events = events(job);
        return events.get(events.size() - 1);
    }

    /** Null while it has not. */
    @Nullable
    TrainingEvent ended(String job) {
        TrainingEvent last = last(job);
        return last instanceof TrainingProgressed ? null : last;
    }

    /** Of which the job published. */
    List<String> versions(String job) {
        return running.records(Topics.MODEL_EVENTS).stream()
                .map(Topics.MODEL_EVENTS::value)
                .filter(ModelPublished.class::isInstance)
                .map(ModelEvent::modelVersion)
                .filter(version -> job.equals(version.jobId()))
                .map(version -> version.version())
                .toList();
    }
}
