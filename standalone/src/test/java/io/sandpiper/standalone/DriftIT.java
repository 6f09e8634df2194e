/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.testsupport.DrawnDigits;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From pictures that are no longer what a version was judged on to the training that they bring about. */
class DriftIT extends SharedStandalone {

    private static final String MODEL = "drifting";
    private static final List<Integer> DIGITS = List.of(0, 1, 7);

    @TempDir
    private static Path pictures;

    @Test
    void otherPictures_areDrift_andWithNewLabels_aReasonToTrain() throws Exception {
        train();

        send(600, 10_000, true);
        Map<?, ?> calm = await().atMost(Duration.ofSeconds(30)).until(() -> measured(), Objects::nonNull);
        assertThat(calm.get("drifted")).as(String.valueOf(calm)).isEqualTo(false);
        assertThat(calm.get("reference")).isEqualTo("HELD_OUT");
        assertThat(calm.get("referenceImages")).isEqualTo(180);

        send(800, 20_000, false);
        Map<?, ?> alarm = await().atMost(Duration.ofSeconds(30))
                .until(() -> measured(), m -> m != null && Boolean.TRUE.equals(m.get("drifted")));
        assertThat(String.valueOf(alarm.get("sentence"))).contains("no longer like those for 180 held-out pictures");
        Map<?, ?> suggested = await().atMost(Duration.ofSeconds(30)).until(() -> lastFired(), Objects::nonNull);
        assertThat(suggested.get("kind")).isEqualTo("DRIFT");
        assertThat(suggested.get("action")).isEqualTo("SUGGESTED");
        assertThat(String.valueOf(suggested.get("reason"))).contains("A training is suggested");

        assertThat(running.run(null, "model", "drift", MODEL).output())
                .contains(
                        "drifting 1, at ",
                        ": drift",
                        "no longer like those for 180 held-out pictures",
                        "suggested (version 1)");

        assertThatNewLabelsStartATraining();
    }

    private static void assertThatNewLabelsStartATraining() throws Exception {
        assertThat(running.call(running.request("/v1/models/" + MODEL)
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString(
                                        "{\"triggers\":{\"action\":\"ACT\",\"cooldown\":\"PT0S\",\"budget\":1}}")))
                        .status())
                .isEqualTo(200);
        for (int digit : DIGITS) {
            Path folder = Files.createDirectories(
                    pictures.resolve("more").resolve("train").resolve(String.valueOf(digit)));
            Path other = Files.createDirectories(
                    pictures.resolve("more").resolve("test").resolve(String.valueOf(digit)));
            Files.write(folder.resolve("a.png"), drawn(digit, 30_000, false));
            Files.write(other.resolve("b.png"), drawn(digit, 30_001, false));
        }
        running.run(null, "data", "import", MODEL, pictures.resolve("more").toString());

        Map<?, ?> started = await().atMost(Duration.ofSeconds(60))
                .until(() -> lastFired(), f -> f != null && "STARTED".equals(f.get("action")));
        String job = String.valueOf(started.get("jobId"));
        await().atMost(Duration.ofSeconds(120))
                .until(() -> String.valueOf(running.get("/v1/models/%s/training-jobs/%s".formatted(MODEL, job))
                                .get("last"))
                        .contains("type=TrainingCompleted"));
        assertThat((List<?>) running.get("/v1/models/" + MODEL).get("versions")).hasSize(2);
    }

    private static void train() throws Exception {
        for (int digit : DIGITS) {
            for (String side : List.of("train", "test")) {
                Path folder = Files.createDirectories(
                        pictures.resolve("first").resolve(side).resolve(String.valueOf(digit)));
                for (int i = 0; i < 60; i++) {
                    Files.write(folder.resolve(i + ".png"), drawn(digit, i + (side.equals("test") ? 1_000 : 0), true));
                }
            }
        }
        Running.Ended trained = running.run(
                null,
                "train",
                MODEL,
                "--data",
                pictures.resolve("first").toString(),
                "--recipe",
                "mnist-cnn",
                "--epochs",
                "4",
                "--batch-size",
                "16");
        assertThat(trained.output()).as(trained.errors()).contains("Version 1 of drifting serves");
    }

    private static void send(int count, int seed, boolean lightOnDark) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            files.put(i + ".png", drawn(DIGITS.get(i % DIGITS.size()), seed + i, lightOnDark));
        }
        assertThat(running.call(running.request("/v1/bulk?model=" + MODEL)
                                .header("Content-Type", "application/zip")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(Zips.of(files))))
                        .status())
                .isEqualTo(202);
    }

    private static byte[] drawn(int digit, int seed, boolean lightOnDark) {
        return DrawnDigits.encode(DrawnDigits.draw(digit, seed, DrawnDigits.SIDE, lightOnDark), "png");
    }

    /** The newest; null when there is none. */
    private static @Nullable Map<?, ?> measured() throws IOException, InterruptedException {
        List<?> measured = (List<?>)
                running.get("/v1/models/" + MODEL + "/versions/1/drift").get("measured");
        return measured.isEmpty() ? null : (Map<?, ?>) measured.get(0);
    }

    /** Null when there is none. */
    private static @Nullable Map<?, ?> lastFired() throws IOException, InterruptedException {
        List<?> fired =
                (List<?>) running.get("/v1/models/" + MODEL + "/triggers").get("fired");
        return fired.isEmpty() ? null : (Map<?, ?>) fired.get(0);
    }
}
