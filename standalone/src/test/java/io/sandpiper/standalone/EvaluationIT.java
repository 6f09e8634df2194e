/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ServingProfile;
import io.sandpiper.testsupport.DrawnDigits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that are evaluated anew, from the call to the report. */
class EvaluationIT extends SharedStandalone {

    private static final String MODEL = "evaluated-anew";

    @TempDir
    private static Path pictures;

    @Test
    void champion_doesAsItsOwnReportSays_onTheSamePictures() throws Exception {
        Path digits = Files.createDirectories(pictures.resolve("digits"));
        new TrainingJobs(running, MODEL).begin(digits, 60);
        EvaluationReport own = report("/v1/models/%s/versions/1/report".formatted(MODEL));

        Running.Ended evaluated = running.run(null, "model", "evaluate", MODEL);

        assertThat(evaluated.output())
                .as(evaluated.errors())
                .contains(MODEL + " 1: ", "of %d held-out pictures right".formatted(own.images()))
                .doesNotContain("left out");
        Map<?, ?> first = evaluations().get(0);
        assertThat(first.get("accuracy")).isEqualTo(own.accuracy());
        assertThat(((Number) first.get("images")).longValue()).isEqualTo(own.images());
        String path = "/v1/models/%s/evaluations/%s/report".formatted(MODEL, first.get("jobId"));
        EvaluationReport anew = report(path);
        assertThat(anew.confusion()).isEqualTo(own.confusion());
        assertThat(anew.trainingImages()).isEqualTo(own.trainingImages());
        Running.Answer page = running.call(running.request(path).header("Accept", "text/html"));
        assertThat(page.header("Content-Security-Policy")).startsWith("sandbox; default-src 'none'");
        assertThat(new String(page.response().body(), StandardCharsets.UTF_8))
                .contains("Version 1, evaluated anew.", "whoever sits at this machine", digest(first));
        assertThat(running.get(path.replace(MODEL, "mnist")).get("code")).isEqualTo("unknown-evaluation");

        Path version = objects().resolve("models").resolve(MODEL).resolve("1");
        assertThat(Json.read(Files.readAllBytes(version.resolve("evaluations/profile.json")), ServingProfile.class)
                        .classes())
                .as("what later answers are held against")
                .isEqualTo(Json.read(Files.readAllBytes(version.resolve("profile.json")), ServingProfile.class)
                        .classes());

        leavesOutWhatItCannotKnow(first);
    }

    private static void leavesOutWhatItCannotKnow(Map<?, ?> first) throws Exception {
        Path more = pictures.resolve("more");
        Files.write(
                Files.createDirectories(more.resolve("test").resolve("four")).resolve("0.png"), DrawnDigits.png(4, 1));
        assertThat(running.run(null, "data", "import", MODEL, more.toString()).exit())
                .isZero();

        assertThat(running.run(null, "model", "evaluate", MODEL, "1").output())
                .contains("Data set: 1 held-out picture has a label that version 1 does not know (four): left out.");

        List<Map<?, ?>> both = evaluations();
        assertThat(both).as("the latest first").hasSize(2).last().isEqualTo(first);
        assertThat(digest(both.get(0))).isEqualTo(digest(first));
        Running.Answer model = running.get("/v1/models/" + MODEL);
        assertThat(model.get("champion")).isEqualTo("1");
        assertThat((List<?>) model.get("versions")).hasSize(1);
    }

    @Test
    void whatCannotBeEvaluated_isRefusedInWords() {
        assertThat(running.run(null, "model", "evaluate", "cifar10", "9").errors())
                .contains("has no version 9");
        assertThat(running.run(null, "model", "evaluate", "no-such-model").errors())
                .contains("There is no model of that name");
        assertThat(running.run(null, "model", "evaluate", "cifar10").errors())
                .contains("The job failed: cifar10 has no held-out pictures. Upload labelled pictures;");
    }

    private static EvaluationReport report(String path) throws Exception {
        return Json.read(running.get(path).response().body(), EvaluationReport.class);
    }

    private static String digest(Map<?, ?> evaluation) {
        return String.valueOf(evaluation.get("datasetDigest"));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> evaluations() throws Exception {
        Running.Answer answer = running.get("/v1/models/%s/evaluations".formatted(MODEL));
        return (List<Map<?, ?>>) Json.read(answer.response().body(), List.class);
    }
}
