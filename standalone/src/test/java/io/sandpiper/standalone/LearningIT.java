/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelEvent;
import io.sandpiper.schemas.ModelPromoted;
import io.sandpiper.schemas.ModelPublished;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingImageAccepted;
import io.sandpiper.testsupport.DrawnDigits;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The learning path, from labelled pictures in a folder to a version that answers, by way of the command line. */
class LearningIT extends SharedStandalone {

    @TempDir
    private static Path pictures;

    @Test
    void folderOfPictures_becomesAVersionThatAnswers() throws Exception {
        for (int digit : List.of(0, 1, 7)) {
            Path folder = Files.createDirectories(pictures.resolve("digits").resolve("label " + digit));
            for (int i = 0; i < 60; i++) {
                Files.write(folder.resolve(i + ".png"), DrawnDigits.png(digit, i));
            }
        }
        Files.writeString(pictures.resolve("digits").resolve("label 0").resolve("broken.png"), "no picture");

        Running.Ended trained = train("drawn", pictures.resolve("digits"), "--epochs", "8", "--batch-size", "16");

        assertThat(trained.output())
                .contains("Refused broken.png")
                .contains("Accepted 180 pictures (label 0: 60, label 1: 60, label 7: 60)")
                .contains("refused: 1.")
                .contains("Version 1 of drawn serves");
        assertThat(trained.exit()).isZero();
        Running.Answer answer = running.call(running.request("/v1/predictions?model=drawn")
                .header("Content-Type", "image/png")
                .header("Prefer", "wait=10")
                .POST(HttpRequest.BodyPublishers.ofByteArray(DrawnDigits.png(7, 12345))));
        assertThat(answer.get("label")).isEqualTo("label 7");
        assertThat(answer.get("modelVersion")).isEqualTo("1");
        assertPublished();

        long listening = listenerCpuNanos();
        long started = System.nanoTime();
        Running.Ended again = train(
                "drawn",
                pictures.resolve("digits"),
                "--recipe",
                "cifar10-cnn",
                "--input-size",
                "24",
                "--epochs",
                "3",
                "--batch-size",
                "16");
        assertThat(again.output())
                .as("a network that sees the pictures in other colours and another size")
                .contains("Version 2 of drawn")
                .contains("right against the champion's");
        assertThat(listenerCpuNanos() - listening)
                .as("the listener waits while the job runs")
                .isLessThan((System.nanoTime() - started) / 10);
        assertGoesOnFromTheFirstVersion();
    }

    private static void assertGoesOnFromTheFirstVersion() throws Exception {
        Running.Ended on = train(
                "drawn",
                pictures.resolve("digits"),
                "--from",
                "1",
                "--epochs",
                "2",
                "--batch-size",
                "16",
                "--augmentation",
                "rotation=10,zoom=0.1,brightness=0.2",
                "--class-weights",
                "balanced",
                "--clip-norm",
                "5",
                "--plateau",
                "1:0.5",
                "--patience",
                "1");
        assertThat(on.output()).as(on.errors()).contains("Version 3 of drawn");
        assertThat(Files.readString(objects().resolve("models/drawn/3/manifest.json")))
                .contains("mnist-cnn", "from the weights of version 1");

        assertThat(train("drawn", pictures.resolve("digits"), "--from", "1", "--recipe", "cifar10-cnn")
                        .errors())
                .contains("Version 1 of drawn goes by mnist-cnn", "or train from scratch");
    }

    private static long listenerCpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.dumpAllThreads(false, false))
                .filter(t -> t.getThreadName().startsWith("training-commands"))
                .mapToLong(t -> threads.getThreadCpuTime(t.getThreadId()))
                .sum();
    }

    @Test
    void recipeThatThereIsNot_isNamedWithThoseThereAre() throws Exception {
        Path folder = Files.createDirectories(pictures.resolve("few").resolve("a"));
        Files.write(folder.resolve("1.png"), DrawnDigits.png(1, 1));

        Running.Ended trained = train("few", pictures.resolve("few"), "--recipe", "alexnet");

        assertThat(trained.exit()).isEqualTo(1);
        assertThat(trained.errors()).contains("There is no recipe named alexnet; there are mnist-cnn");
    }

    /** Trained on more wrong labels than right ones, it knows less of the held-out pictures than the one that serves. */
    @Test
    void worseCandidate_isKeptBack_withItsNumbers_untilSomebodyWantsIt() throws Exception {
        Path good = pictures.resolve("good");
        for (int digit : List.of(0, 1, 7)) {
            for (int i = 0; i < 60; i++) {
                write(good.resolve("train").resolve(String.valueOf(digit)), i, DrawnDigits.png(digit, i));
                write(good.resolve("test").resolve(String.valueOf(digit)), i, DrawnDigits.png(digit, 1_000 + i));
            }
        }
        Path wrong = pictures.resolve("wrong");
        for (int i = 0; i < 180; i++) {
            write(wrong.resolve("train").resolve("1"), i, DrawnDigits.png(0, 5_000 + i));
            write(wrong.resolve("train").resolve("7"), i, DrawnDigits.png(1, 5_000 + i));
            write(wrong.resolve("train").resolve("0"), i, DrawnDigits.png(7, 5_000 + i));
        }
        write(wrong.resolve("test").resolve("0"), 0, DrawnDigits.png(0, 1_000));
        assertThat(train("gate", good, "--epochs", "6", "--batch-size", "16").output())
                .contains("Version 1 of gate serves");

        Running.Ended worse = train("gate", wrong, "--epochs", "3", "--batch-size", "16");

        assertThat(worse.output())
                .as(worse.errors())
                .contains("Version 2 of gate is kept back", "less accurate", "McNemar p = 0.000");
        Running.Answer story = running.get("/v1/models/gate");
        assertThat(story.get("champion")).isEqualTo("1");
        assertThat(String.valueOf(((Map<?, ?>) story.get("decisions")).get("1")))
                .contains("PROMOTED", "first version");
        assertThat(String.valueOf(((Map<?, ?>) story.get("decisions")).get("2")))
                .contains("PUBLISHED", "less accurate");
        assertThat(((List<?>) story.get("versions")))
                .allSatisfy(version -> assertThat(((Map<?, ?>) version).get("datasetDigest"))
                        .asString()
                        .hasSize(64));
        assertThat(running.get("/v1/models/gate/versions/2/report").get("accuracy"))
                .isEqualTo(((Map<?, ?>) ((Map<?, ?>) ((List<?>) story.get("versions")).get(1)).get("metrics"))
                        .get("accuracy"));
        assertThat(running.get("/v1/models/gate/versions/9/report").status()).isEqualTo(404);
        assertReported();
        assertThat(running.run(null, "model", "promote", "gate", "2", "--reason", "for once")
                        .output())
                .contains("gate: version 2 serves.");
        assertThatFeedbackTakesItOut("gate", "2");
    }

    /** As JSON, as a page, and on the terminal. */
    private static void assertReported() throws Exception {
        Running.Answer json = running.get("/v1/models/gate/versions/2/report");
        EvaluationReport report = Json.read(json.response().body(), EvaluationReport.class);
        assertThat(report.worstMistakes())
                .isNotEmpty()
                .allSatisfy(m -> assertThat(m.sha256()).hasSize(64));
        assertThat(report.epochs()).hasSize(3);
        assertThat(report.dataset().classes()).extracting(c -> c.label()).containsExactly("0", "1", "7");
        assertThat(report.dataset().resolutions()).hasSize(1);
        assertThat(json.header("Content-Security-Policy")).startsWith("default-src 'none'");
        Running.Answer page = page("gate", "2", "text/html,*/*;q=0.8");
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy")).startsWith("sandbox; default-src 'none'");
        assertThat(new String(page.response().body(), StandardCharsets.UTF_8))
                .startsWith("<!DOCTYPE html>")
                .contains(
                        "Not promoted by itself:",
                        "less accurate",
                        report.dataset().digest());
        assertThat(running.run(null, "model", "report", "gate").output())
                .contains("gate 1: ", "95 % interval", "calibration error");
        Path file = pictures.resolve("report.html");
        assertThat(running.run(null, "model", "report", "gate", "2", "--html", file.toString())
                        .output())
                .contains("The report of gate 2 is in " + file);
        assertThat(file).hasBinaryContent(page.response().body());
        assertThat(page("mnist", "1", "text/html,*/*;q=0.8").get("images"))
                .as("a version without a page")
                .isEqualTo(10_000);
        assertThat(page("mnist", "1", "text/html").get("code")).isEqualTo("no-page");
    }

    private static Running.Answer page(String model, String version, String accept) throws Exception {
        return running.call(running.request("/v1/models/%s/versions/%s/report".formatted(model, version))
                .header("Accept", accept));
    }

    /** By force it serves; what people say of its answers takes it out again. */
    private static void assertThatFeedbackTakesItOut(String model, String version) throws Exception {
        // So many as it is judged by: with one more, the version before might have answered already.
        for (int i = 0; i < 30; i++) {
            int digit = List.of(0, 1, 7).get(i % 3);
            byte[] picture = DrawnDigits.png(digit, 2_000 + i);
            String id = await().atMost(Duration.ofSeconds(20))
                    .until(() -> running.predict(model, picture), answer -> version.equals(answer.get("modelVersion")))
                    .get("id")
                    .toString();
            Running.Answer told = running.feedback(id, "{\"label\":\"%d\"}".formatted(digit));
            assertThat(told.status()).as(told.toString()).isEqualTo(200);
            assertThat(told.get("right")).isEqualTo(told.get("predicted").equals(String.valueOf(digit)));
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(running.get("/v1/models/" + model).get("champion"))
                                .isEqualTo("1"));
        assertThat(String.valueOf(
                        ((Map<?, ?>) running.get("/v1/models/" + model).get("decisions")).get(version)))
                .contains("RETIRED", "rolled back by itself: of 30 answers in service");
        Running.Answer live = running.get("/v1/models/%s/versions/%s/live-accuracy".formatted(model, version));
        assertThat(live.get("labelled")).isEqualTo(30);
        assertThat((double) live.get("accuracy")).isLessThan(0.5);
    }

    /** The firewall before a training: its findings on the terminal and over HTTP. */
    @Test
    void pictureThatIsHeldOutAsWell_isNotLearnedFrom_andTold() throws Exception {
        Path folder = pictures.resolve("leaking");
        for (int digit : List.of(0, 1, 7)) {
            for (int i = 0; i < 40; i++) {
                write(folder.resolve("train").resolve(String.valueOf(digit)), i, DrawnDigits.png(digit, i));
                write(folder.resolve("test").resolve(String.valueOf(digit)), i, DrawnDigits.png(digit, 1_000 + i));
            }
        }
        BufferedImage brighter =
                new RescaleOp(0.9f, 20, null).filter(DrawnDigits.draw(7, 1_000, DrawnDigits.SIDE, true), null);
        write(folder.resolve("train").resolve("7"), 40, DrawnDigits.encode(brighter, "png"));

        Running.Ended trained = train("leaking", folder, "--epochs", "1", "--batch-size", "16");

        assertThat(trained.output())
                .as(trained.errors())
                .contains("Data set: 1 of 241 pictures to learn from are, or look, the same as one held out");
        Map<?, ?> version =
                (Map<?, ?>) ((List<?>) running.get("/v1/models/leaking").get("versions")).get(0);
        Running.Answer check = running.get("/v1/models/leaking/datasets/" + version.get("datasetDigest") + "/check");
        assertThat(check.get("images")).isEqualTo(241);
        assertThat(check.get("takenOut")).isEqualTo(1);
        assertThat(String.valueOf(check.get("findings"))).contains("NEAR_DUPLICATE", "LEAKAGE");
        assertThat(running.get("/v1/models/leaking/datasets/" + "0".repeat(64) + "/check")
                        .status())
                .isEqualTo(404);
    }

    private static void write(Path folder, int number, byte[] picture) throws IOException {
        Files.write(Files.createDirectories(folder).resolve(number + ".png"), picture);
    }

    private static void assertPublished() {
        List<TrainingImageAccepted> images = running.records(Topics.TRAINING_IMAGES).stream()
                .map(Topics.TRAINING_IMAGES::value)
                .filter(i -> i.model().equals("drawn"))
                .toList();
        assertThat(images).hasSize(180);
        List<ModelEvent> events = running.records(Topics.MODEL_EVENTS).stream()
                .map(Topics.MODEL_EVENTS::value)
                .filter(e -> e.modelVersion().model().equals("drawn"))
                .toList();
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).isInstanceOf(ModelPublished.class);
        assertThat(events.get(1)).isInstanceOf(ModelPromoted.class);
        assertThat(events.get(0).modelVersion().labels()).containsExactly("label 0", "label 1", "label 7");
        assertThat(objects().resolve("models/drawn/1"))
                .isDirectoryContaining("glob:**/manifest.json")
                .isDirectoryContaining("glob:**/network.zip")
                .isDirectoryContaining("glob:**/report.json")
                .isDirectoryContaining("glob:**/report.html")
                .isDirectoryContaining("glob:**/golden.json");
    }

    @Test
    void oneClass_isNothingToLearn() throws IOException {
        Path folder = Files.createDirectories(pictures.resolve("lonely").resolve("only"));
        Files.write(folder.resolve("1.png"), DrawnDigits.png(1, 1));

        Running.Ended trained = train("lonely", pictures.resolve("lonely"));

        assertThat(trained.exit()).isEqualTo(1);
        assertThat(trained.errors()).contains("Training needs pictures of at least two classes, lonely has 1.");
    }

    @Test
    void nonsense_isRefusedInWords() throws Exception {
        Running.Answer answer = running.call(running.request("/v1/models/mnist/training-jobs")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"epochs\":0}")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.get("code")).isEqualTo("invalid-hyperparameters");
        assertThat(train("UPPER", pictures).exit()).isEqualTo(1);
    }

    @Test
    void networkFromElsewhere_serves() throws Exception {
        String digits = "0,1,2,3,4,5,6,7,8,9";
        String file = Path.of("../models/mnist/model.onnx").toString();

        Running.Ended first = running.run(
                null,
                "model",
                "import",
                file,
                "--name",
                "digits",
                "--labels",
                digits,
                "--mean",
                "0.1307",
                "--std",
                "0.3081");
        Running.Ended again =
                running.run(null, "model", "import", file, "--name", "digits", "--labels", digits, "--std", "0.5");

        assertThat(first.output()).as(first.errors()).contains("Version 1 of digits serves: it is the first version.");
        assertThat(again.output()).as(again.errors()).contains("Version 2 of digits is kept back: version 1 serves");
        Running.Answer answer = running.call(running.request("/v1/predictions?model=digits")
                .header("Content-Type", "image/png")
                .header("Prefer", "wait=10")
                .POST(HttpRequest.BodyPublishers.ofByteArray(DrawnDigits.png(7, 12345))));
        assertThat(answer.get("label")).isEqualTo("7");
        Path folder = Files.createDirectories(pictures.resolve("more").resolve("7"));
        Files.write(folder.resolve("7.png"), DrawnDigits.png(7, 7));
        assertThat(train("digits", pictures.resolve("more"), "--from", "champion")
                        .errors())
                .contains("Version 1 of digits is an ONNX file from elsewhere: it can serve, and not be trained on.");
    }

    @Test
    void networkThatCannotServe_isRefusedInWords() throws Exception {
        Path text = Files.writeString(pictures.resolve("text.onnx"), "hello");
        String network = Path.of("../models/mnist/model.onnx").toString();

        assertThat(running.run(null, "model", "import", text.toString(), "--name", "text", "--labels", "a,b")
                        .errors())
                .contains("The job failed: The network cannot serve: it is no ONNX file");
        assertThat(objects().resolve("uploads").resolve(Sha256.of(text))).doesNotExist();
        assertThat(running.run(null, "model", "import", network, "--name", "few", "--labels", "a,b")
                        .errors())
                .contains("it tells 10 classes apart, and there are 2 labels");
        assertThat(running.run(null, "model", "import", network, "--name", "twice", "--labels", "a,a")
                        .errors())
                .contains("each label is there once");
        assertThat(running.run(null, "model", "import", "missing.onnx", "--name", "m", "--labels", "a,b")
                        .errors())
                .contains("There is no file missing.onnx");
    }

    private static Running.Ended train(String model, Path folder, String... options) {
        String[] arguments = new String[4 + options.length];
        arguments[0] = "train";
        arguments[1] = model;
        arguments[2] = "--data";
        arguments[3] = folder.toString();
        System.arraycopy(options, 0, arguments, 4, options.length);
        return running.run(null, arguments);
    }
}
