/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.Sha256;
import io.sandpiper.schemas.TrainingCompleted;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingFailed;
import io.sandpiper.testsupport.DrawnDigits;
import java.awt.image.BufferedImage;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Labelled pictures as people have them: what a training says of them, and what it makes of them. */
class FlawedDatasetIT extends SharedStandalone {

    private static final int EACH = 40;
    private static final Map<String, Integer> DIGITS = Map.of("zero", 0, "one", 1, "seven", 7);

    @Test
    void picturesThatThereIsNothingToLearnFrom_endTheTraining_withTheReason() throws Exception {
        upload("flawed-one-class", Map.of("only/1.png", DrawnDigits.png(1, 1), "only/2.png", DrawnDigits.png(1, 2)));
        Map<String, byte[]> blank = new HashMap<>();
        for (int i = 0; i < 6; i++) {
            BufferedImage black = new BufferedImage(28 + i, 28 + i, BufferedImage.TYPE_BYTE_GRAY);
            blank.put("%s/%d.png".formatted(i % 2 == 0 ? "even" : "odd", i), DrawnDigits.encode(black, "png"));
        }
        upload("flawed-all-equal", blank);

        String oneClass = request("flawed-one-class");
        String none = request("flawed-none");
        String allEqual = request("flawed-all-equal");

        assertFails(
                "flawed-one-class",
                oneClass,
                "Training needs pictures of at least two classes, flawed-one-class has 1. Upload more labelled pictures.");
        assertFails(
                "flawed-none",
                none,
                "Training needs pictures of at least two classes, flawed-none has 0. Upload more labelled pictures.");
        assertFails(
                "flawed-all-equal",
                allEqual,
                "All 6 pictures of flawed-all-equal are the same, as the network sees them: there is nothing to tell apart. "
                        + "Upload others, or train with a larger input size.");
    }

    @Test
    void picturesWithSomethingWrong_areLearnedFrom_withWarnings_andTheGateJudges() throws Exception {
        Map<String, byte[]> good = new HashMap<>();
        for (Map.Entry<String, Integer> digit : DIGITS.entrySet()) {
            for (int i = 0; i < EACH; i++) {
                good.put("%s/%d.png".formatted(digit.getKey(), i), DrawnDigits.png(digit.getValue(), i));
            }
        }
        upload("flawed", good);
        assertThat(train().warnings()).as("nothing is wrong yet").isEmpty();

        cutAnyShort();
        TrainingCompleted corrupt = train();
        assertThat(corrupt.warnings()).anyMatch(warning -> warning.contains("1 of 120 pictures"));
        assertThat(corrupt.decision()).contains("right against the champion's");

        upload("flawed", mislabelled());
        TrainingCompleted mislabelled = train();
        assertThat(mislabelled.warnings()).anyMatch(warning -> warning.contains("likely have a wrong label"));
        assertThat(mislabelled.decision()).contains("right against the champion's");

        upload("flawed", Map.of("sevne/1.png", DrawnDigits.png(7, 1_000)));
        TrainingCompleted misspelt = train();
        assertThat(misspelt.warnings())
                .contains("Labels that are likely others, written differently: \"sevne\" for \"seven\".");
        assertThat(misspelt.decision())
                .as("the new class is no way past the gate")
                .contains("right against the champion's", "of the 3 classes that the champion knows");
    }

    /** One in ten of those that are there. */
    private static Map<String, byte[]> mislabelled() {
        Map<String, byte[]> wrong = new HashMap<>();
        for (int i = 0; i < EACH / 10; i++) {
            wrong.put("one/zero-%d.png".formatted(i), DrawnDigits.png(0, i));
            wrong.put("seven/one-%d.png".formatted(i), DrawnDigits.png(1, i));
            wrong.put("zero/seven-%d.png".formatted(i), DrawnDigits.png(7, i));
        }
        return wrong;
    }

    /** In the store, behind everybody's back: the API takes none that is broken. */
    private static void cutAnyShort() throws Exception {
        try (Stream<Path> stored = Files.list(objects().resolve("training-images/flawed"))) {
            Path any = stored.sorted().findFirst().orElseThrow();
            byte[] whole = Files.readAllBytes(any);
            assertThat(any).hasFileName(Sha256.of(whole));
            Files.write(any, Arrays.copyOf(whole, whole.length / 2));
        }
    }

    private static void upload(String model, Map<String, byte[]> files) throws Exception {
        Running.Answer answer = running.call(running.request("/v1/models/" + model + "/training-images")
                .header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Zips.of(files))));
        assertThat(answer.get("rejected")).as(answer.toString()).isEqualTo(0);
    }

    private static String request(String model) throws Exception {
        return new TrainingJobs(running, model)
                .request(Map.of("epochs", 2, "batchSize", 16, "seed", 7, "recipe", "mnist-cnn"));
    }

    private static TrainingCompleted train() throws Exception {
        TrainingEvent ended = ended("flawed", request("flawed"));
        assertThat(ended).isInstanceOf(TrainingCompleted.class);
        return (TrainingCompleted) ended;
    }

    private static TrainingEvent ended(String model, String job) {
        TrainingJobs jobs = new TrainingJobs(running, model);
        return await().atMost(Duration.ofMinutes(1)).until(() -> jobs.ended(job), event -> event != null);
    }

    /** In the topic, and as the API tells it. */
    private static void assertFails(String model, String job, String why) throws Exception {
        assertThat(ended(model, job)).isInstanceOfSatisfying(TrainingFailed.class, failed -> {
            assertThat(failed.reason().code()).isEqualTo("unusable-dataset");
            assertThat(failed.reason().detail()).isEqualTo(why);
        });
        String path = "/v1/models/%s/training-jobs/%s".formatted(model, job);
        Object last = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> running.get(path).get("last"),
                        told -> String.valueOf(told).contains("reason"));
        assertThat(((Map<?, ?>) last).get("reason")).isEqualTo(Map.of("code", "unusable-dataset", "detail", why));
    }
}
