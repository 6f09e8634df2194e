/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.CloudEvents;
import io.sandpiper.schemas.ExplanationRequested;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Answers in the ways they can be had: page by page, as they come, added up; and those that nobody wants any more. */
class AnswersIT extends SharedStandalone {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void history_isTheLatestFirst_pageByPage() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(0, String.valueOf(answered(i)));
        }

        List<String> paged = new ArrayList<>();
        String next = "";
        for (int page = 0; page < 3; page++) {
            Running.Answer answer = running.get("/v1/predictions?model=mnist&limit=3" + next);
            assertThat(answer.status()).isEqualTo(200);
            ((List<?>) answer.get("predictions")).forEach(p -> paged.add(String.valueOf(((Map<?, ?>) p).get("id"))));
            next = "&before=" + answer.get("next");
        }

        assertThat(paged).doesNotHaveDuplicates().startsWith(ids.toArray(String[]::new));
        assertThat(running.get("/v1/predictions?model=unicorns").get("predictions"))
                .isEqualTo(List.of());
        assertThat(running.get("/v1/predictions?limit=0").get("code")).isEqualTo("invalid-page");
        assertThat(running.get("/v1/predictions?before=x").get("code")).isEqualTo("invalid-page");
    }

    @Test
    void stream_hasEveryAnswerFromTheMomentItBegan() throws Exception {
        HttpResponse<java.io.InputStream> stream = HttpClient.newHttpClient()
                .send(
                        running.request("/v1/predictions/stream?model=mnist").build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo(":watching");
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                ids.add(String.valueOf(
                        running.submit(DrawnDigits.png(i % 10, i)).get("id")));
            }

            while (!ids.isEmpty()) {
                String line = lines.readLine();
                if (line.startsWith("id:")) {
                    assertThat(ids.remove(line.substring("id:".length()))).isTrue();
                    assertThat(lines.readLine()).isEqualTo("event:prediction");
                    assertThat(lines.readLine()).startsWith("data:{").contains("\"state\":\"PREDICTED\"");
                }
            }
        }
    }

    @Test
    void statistics_countWhatWasAnswered() throws Exception {
        answered(3);
        running.submit(new byte[] {1, 2, 3});

        await().atMost(LONG).untilAsserted(() -> {
            Running.Answer answer = running.get("/v1/statistics?model=mnist&minutes=60");
            assertThat(answer.status()).isEqualTo(200);
            Map<?, ?> model = (Map<?, ?>) ((List<?>) answer.get("models")).get(0);
            long committed = running.records(Topics.PREDICTIONS).stream()
                    .map(Topics.PREDICTIONS::value)
                    .filter(a -> a.model().equals("mnist"))
                    .count();
            assertThat(((Number) model.get("answers")).longValue()).isEqualTo(committed);
            assertThat((double) model.get("meanProbability")).isBetween(0.5, 1.0);
            Map<?, ?> latency = (Map<?, ?>) model.get("latencyMillis");
            assertThat(((Number) latency.get("p99")).longValue())
                    .isBetween(1L, ((Number) latency.get("max")).longValue());
        });
        assertThat(running.get("/v1/statistics?minutes=0").get("code")).isEqualTo("invalid-minutes");
    }

    @Test
    void cancelledInTime_isCancelled_otherwiseTold() throws Exception {
        running.standalone.stopWorker(1);
        running.standalone.stopWorker(2);
        String unwanted;
        String wanted;
        try {
            unwanted =
                    "/v1/predictions/" + running.submit(DrawnDigits.png(4, 1)).get("id");
            wanted = "/v1/predictions/" + running.submit(DrawnDigits.png(5, 1)).get("id");
            assertThat(delete(unwanted).status()).isEqualTo(202);
        } finally {
            running.standalone.restartWorker(1);
            running.standalone.restartWorker(2);
        }

        await().atMost(LONG)
                .until(() -> running.get(unwanted).status() == 200
                        && running.get(wanted).status() == 200);
        assertThat(running.get(unwanted).get("state")).isEqualTo("CANCELLED");
        assertThat(running.get(wanted).get("state")).isEqualTo("PREDICTED");
        assertThat(delete(unwanted).get("state")).isEqualTo("CANCELLED");
        Running.Answer late = delete(wanted);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.get("code")).isEqualTo("already-answered");
        assertThat(delete("/v1/predictions/0199f2d6-5c00-7abc-8def-0123456789ab")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void largePicture_isLeftInTheObjectStore_andAnswered() throws Exception {
        BufferedImage noise = new BufferedImage(600, 600, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(1);
        for (int i = 0; i < 600 * 600; i++) {
            noise.setRGB(i % 600, i / 600, random.nextInt());
        }
        byte[] picture = DrawnDigits.encode(noise, "png");

        Running.Answer answer = running.submit(picture, "Prefer", "wait=30", "Idempotency-Key", "large-one");

        assertThat(answer.get("state")).isEqualTo("PREDICTED");
        ConsumerRecord<byte[], byte[]> record = running.records(Topics.IMAGES).stream()
                .filter(r -> Topics.IMAGES.key(r).equals(answer.get("id")))
                .findFirst()
                .orElseThrow();
        assertThat(record.value()).isEmpty();
        assertThat(new String(record.headers().lastHeader(CloudEvents.DATA_SIZE).value(), StandardCharsets.UTF_8))
                .isEqualTo(String.valueOf(picture.length));
        assertThat(running.submit(picture, "Prefer", "wait=30", "Idempotency-Key", "large-one")
                        .get("id"))
                .isEqualTo(answer.get("id"));
    }

    @Test
    void explanation_isAPictureOfWhatCounted_drawnOnce() throws Exception {
        String id = String.valueOf(answered(7));
        String address = "/v1/predictions/" + id + "/explanation";

        Running.Answer seven = running.get(address + "?wait=30");

        assertThat(seven.status()).isEqualTo(200);
        assertThat(seven.header("Content-Type")).isEqualTo("image/png");
        assertThat(seven.header("Sandpiper-Explanation-Method")).isEqualTo("grad-cam");
        BufferedImage drawn =
                ImageIO.read(new ByteArrayInputStream(seven.response().body()));
        assertThat(drawn.getWidth()).isEqualTo(10 * DrawnDigits.SIDE);
        assertThat(running.get(address).response().body())
                .isEqualTo(seven.response().body());
        Running.Answer three = running.get(address + "?wait=30&label=3");
        assertThat(three.status()).isEqualTo(200);
        assertThat(three.response().body()).isNotEqualTo(seven.response().body());
        assertThat(running.records(Topics.EXPLANATION_REQUESTS).stream()
                        .map(Topics.EXPLANATION_REQUESTS::value)
                        .filter(wanted -> wanted.predictionId().equals(id))
                        .map(ExplanationRequested::label))
                .containsExactly("7", "3");
    }

    @Test
    void whatCannotBeExplained_isRefusedWithTheReason() throws Exception {
        String id = String.valueOf(answered(4));
        byte[] jpeg = DrawnDigits.jpeg(5, 2);
        Object rejected = running.submit(Arrays.copyOf(jpeg, jpeg.length * 3 / 4), "Prefer", "wait=30")
                .get("id");

        problem(422, "unknown-label", "/v1/predictions/" + id + "/explanation?label=unicorn");
        problem(409, "not-predicted", "/v1/predictions/" + rejected + "/explanation");
        for (String what : List.of("explanation", "lineage")) {
            problem(404, "unknown-prediction", "/v1/predictions/0199f2d6-5c00-7abc-8def-0123456789ab/" + what);
        }
    }

    @Test
    void lineage_leadsFromThePictureToTheVersion_andNamesWhatIsUnknown() throws Exception {
        byte[] picture = DrawnDigits.png(6, 77);
        Object id = running.submit(picture, "Prefer", "wait=30").get("id");

        Running.Answer lineage = running.get("/v1/predictions/" + id + "/lineage");

        assertThat(lineage.status()).isEqualTo(200);
        Map<?, ?> where = (Map<?, ?>) lineage.get("picture");
        assertThat(where.get("sha256")).isEqualTo(Sha256.of(picture));
        assertThat(where.get("bytes")).isEqualTo(picture.length);
        assertThat(where.get("topic")).isEqualTo("images");
        assertThat(running.records(Topics.IMAGES))
                .anySatisfy(record -> assertThat(List.of(record.partition(), Math.toIntExact(record.offset())))
                        .isEqualTo(List.of(where.get("partition"), where.get("offset"))));
        Map<?, ?> version = (Map<?, ?>) lineage.get("version");
        assertThat(version.get("version")).isEqualTo("1");
        assertThat((Double) ((Map<?, ?>) lineage.get("evaluation")).get("accuracy"))
                .isGreaterThan(0.99);
        assertThat(((Map<?, ?>) lineage.get("promotion")).get("outcome")).isEqualTo("PROMOTED");
        assertThat(version.get("recipe")).isEqualTo("mnist-cnn");
        List<?> unknown = (List<?>) lineage.get("unknown");
        assertThat(unknown.stream().map(part -> String.valueOf(((Map<?, ?>) part).get("part"))))
                .as("of a model that ships")
                .containsExactly("dataset.objectKey", "training");
        assertThat(lineage.json().containsKey("training")).isFalse();
    }

    private static void problem(int status, String code, String path) throws Exception {
        Running.Answer answer = running.get(path);
        assertThat(answer.get("code")).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    private static Object answered(int digit) throws Exception {
        Running.Answer answer = running.submit(DrawnDigits.png(digit, 1), "Prefer", "wait=30");
        assertThat(answer.get("state")).isEqualTo("PREDICTED");
        return answer.get("id");
    }

    private static Running.Answer delete(String path) throws Exception {
        return running.call(running.request(path).DELETE());
    }
}
