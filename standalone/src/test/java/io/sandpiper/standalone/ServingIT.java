/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topic;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The serving path, from a picture to its answer, through the real broker; both ends are looked at. */
class ServingIT extends SharedStandalone {

    private static final Duration SOON = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void drawnDigit_isRecognised(int digit) throws Exception {
        Running.Answer answer = running.submit(DrawnDigits.png(digit, 100), "Prefer", "wait=10");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=10");
        assertThat(answer.json().get("label")).isEqualTo(String.valueOf(digit));
        assertThat((Double) answer.get("probability")).isGreaterThan(0.5);
        assertThat(answer.get("modelVersion")).isEqualTo("1");
        assertThat(answer.get("state")).isEqualTo("PREDICTED");
        assertThat(answer.json().containsKey("reason")).isFalse();
    }

    @Test
    void submission_isAcceptedOnlyAfterTheBrokerHasIt_andAnsweredUnderItsLocation() throws Exception {
        byte[] picture = DrawnDigits.png(4, 200);

        Running.Answer accepted = running.submit(picture);

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Retry-After")).isEqualTo("1");
        String id = String.valueOf(accepted.get("id"));
        assertThat(accepted.header("Location")).isEqualTo("/v1/predictions/" + id);
        ConsumerRecord<byte[], byte[]> record = record(Topics.IMAGES, id);
        assertThat(record.value()).isEqualTo(picture);
        assertThat(header(record, "ce_model")).isEqualTo("mnist");
        assertThat(header(record, "ce_id")).isEqualTo(id);
        assertThat(header(record, "content-type")).isEqualTo("image/png");

        await().atMost(SOON)
                .until(() -> running.get(accepted.header("Location")).status() == 200);
        Running.Answer answer = running.get(accepted.header("Location"));
        assertThat(answer.get("label")).isEqualTo("4");
        PredictionCompleted result = Topics.PREDICTIONS.value(record(Topics.PREDICTIONS, id));
        assertThat(result.label()).isEqualTo("4");
        assertThat(result.source().partition()).isEqualTo(record.partition());
        assertThat(result.source().offset()).isEqualTo(record.offset());
        assertThat(result.worker()).startsWith("worker-");
    }

    @Test
    void jpegInAForm_isAnsweredAsWell() throws Exception {
        String boundary = "a-boundary";
        byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"7.jpg\"\r\n"
                        + "Content-Type: image/jpeg\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);

        Running.Answer answer = running.call(running.request("/v1/predictions?model=mnist")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .header("Prefer", "wait=10")
                .POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(head, DrawnDigits.jpeg(7, 3), tail))));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.get("label")).isEqualTo("7");
    }

    @Test
    void refusedRequest_isAProblemWithACode_andPublishesNothing() throws Exception {
        byte[] picture = DrawnDigits.png(1, 1);
        int before = running.records(Topics.IMAGES).size();

        problem(400, "empty-image", submission("mnist", "image/png", new byte[0]));
        problem(415, "not-an-image", submission("mnist", "image/png", "hello".getBytes(StandardCharsets.UTF_8)));
        problem(404, "unknown-model", submission("unicorns", "image/png", picture));
        problem(413, "image-too-large", submission("mnist", "image/png", new byte[11 * 1024 * 1024]));
        problem(422, "corrupt-image", submission("mnist", "image/png", Arrays.copyOf(picture, 12)));
        problem(415, "unsupported-media-type", submission("mnist", "text/plain", picture));
        problem(
                400,
                "bad-request",
                running.request("/v1/predictions")
                        .header("Content-Type", "image/png")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(picture)));
        problem(
                405,
                "method-not-allowed",
                running.request("/v1/predictions?model=mnist").PUT(HttpRequest.BodyPublishers.noBody()));

        assertThat(running.records(Topics.IMAGES)).hasSize(before);
    }

    /** A server that answers before it has read the request leaves a client whose next request nobody reads. */
    @ParameterizedTest
    @ValueSource(ints = {2_000, 200_000, 12_000_000})
    void connection_isUsableAfterARefusal(int bytes) throws Exception {
        byte[] body = new byte[bytes];
        for (int i = 0; i < 100; i++) {
            problem(404, "unknown-model", submission("unicorns", "image/png", body));
            problem(
                    bytes > 11_000_000 ? 413 : 415,
                    bytes > 11_000_000 ? "image-too-large" : "not-an-image",
                    submission("mnist", "image/png", body));
            problem(415, "unsupported-media-type", submission("mnist", "text/plain", body));
            assertThat(running.get("/v1/health").status()).isEqualTo(200);
        }
    }

    /** A client may have its answer before the server has done with the request: the next one must be read all the same. */
    @Test
    void largePictures_oneAfterAnotherOnAConnection_areAllTaken() throws Exception {
        byte[] picture = noise(400);

        for (int i = 0; i < 150; i++) {
            assertThat(running.submit(picture).status()).as("picture %d", i).isEqualTo(202);
        }
    }

    @Test
    void id_thatWasNeverIssued_isNotFound() throws Exception {
        problem(404, "unknown-prediction", running.request("/v1/predictions/0199f2d6-5c00-7abc-8def-0123456789ab"));
        problem(404, "unknown-prediction", running.request("/v1/predictions/nonsense"));
        problem(404, "not-found", running.request("/v1/nonsense"));
    }

    @Test
    void submissionThenQuestion_neverMeetsNotFound() throws Exception {
        for (int i = 0; i < 200; i++) {
            Running.Answer accepted = running.submit(DrawnDigits.png(i % 10, i));
            assertThat(running.get(accepted.header("Location")).status()).isIn(200, 202);
        }
    }

    @Test
    void pictureThatTurnsOutBad_isRejectedAtTheWorker_itsNeighboursAnswered() throws Exception {
        byte[] whole = DrawnDigits.jpeg(5, 2);
        byte[] cut = Arrays.copyOf(whole, whole.length * 3 / 4);

        Running.Answer bad = running.submit(cut, "Prefer", "wait=10");
        Running.Answer good = running.submit(whole, "Prefer", "wait=10");

        assertThat(bad.status()).isEqualTo(200);
        assertThat(bad.get("state")).isEqualTo("REJECTED");
        assertThat(bad.json().toString()).contains("truncated-image");
        assertThat(good.get("label")).isEqualTo("5");
    }

    @Test
    void anyKafkaClient_maySubmit_andWhatCannotBeAnsweredIsKept() {
        try (var producer = new KafkaProducer<>(running.kafka(), new StringSerializer(), new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> foreign =
                    new ProducerRecord<>("images", "order-4711", DrawnDigits.png(8, 4));
            foreign.headers().add("ce_model", "mnist".getBytes(StandardCharsets.UTF_8));
            producer.send(foreign);
            ProducerRecord<String, byte[]> noSuchModel = new ProducerRecord<>("images", "order-4712", new byte[] {1});
            noSuchModel.headers().add("ce_model", "unicorns".getBytes(StandardCharsets.UTF_8));
            producer.send(noSuchModel);
            producer.send(new ProducerRecord<>("images", "no-model", new byte[] {1, 2, 3}));
        }

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(answer("order-4711").label()).isEqualTo("8");
            assertThat(answer("order-4712").state()).isEqualTo(State.FAILED);
            assertThat(running.get("/v1/predictions/order-4711").get("label")).isEqualTo("8");
            assertThat(record(Topics.IMAGES_DLT, "no-model").value()).containsExactly(1, 2, 3);
        });
    }

    @Test
    void poisonAmongTheAnswers_stopsNoneBehindIt() throws Exception {
        try (var producer = new KafkaProducer<>(running.kafka(), new StringSerializer(), new ByteArraySerializer())) {
            for (int partition = 0; partition < 8; partition++) {
                producer.send(new ProducerRecord<>("predictions", partition, "poison", new byte[] {1, 2, 3}));
            }
        }

        for (int digit = 0; digit < 10; digit++) {
            assertThat(running.submit(DrawnDigits.png(digit, 300), "Prefer", "wait=10")
                            .get("state"))
                    .isEqualTo("PREDICTED");
        }
    }

    @Test
    void commandLine_printsLabelAndProbability(@TempDir Path folder) throws IOException {
        Path seven = Files.write(folder.resolve("seven.png"), DrawnDigits.png(7, 9));
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        Running.Ended ended = running.run(null, "predict", seven.toString(), text.toString());

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("seven.png  7  ").contains(" %  (version 1)"),
                        line -> assertThat(line).contains("not-an-image"));
    }

    @Test
    void page_isServedAndTold() throws Exception {
        Running.Answer page = running.get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self'");
        running.submit(DrawnDigits.png(6, 6), "Prefer", "wait=10");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(firstEvent())
                        .contains("\"ready\":true")
                        .contains("\"model\":\"mnist\",\"champion\":\"1\"", "\"model\":\"cifar10\",\"champion\":\"1\"")
                        .contains("\"6\":")
                        .contains("\"PREDICTED\":"));
    }

    @Test
    void models_areListed() throws Exception {
        assertThat(new String(running.get("/v1/models").response().body(), StandardCharsets.UTF_8))
                .contains("\"name\":\"mnist\"", "\"champion\":\"1\"", "\"accuracy\":0.99");
        assertThat(running.get("/v1/models/mnist").get("champion")).isEqualTo("1");
        problem(404, "unknown-model", running.request("/v1/models/unicorns"));
    }

    /** Does not compress: a PNG of about three bytes a pixel. */
    private static byte[] noise(int side) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int i = 0; i < side * side; i++) {
            image.setRGB(i % side, i / side, random.nextInt());
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    private static HttpRequest.Builder submission(String model, String type, byte[] body) {
        return running.request("/v1/predictions?model=" + model)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private static void problem(int status, String code, HttpRequest.Builder request) throws Exception {
        Running.Answer answer = running.call(request);
        assertThat(answer.status()).as(code).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.get("code")).isEqualTo(code);
        assertThat(String.valueOf(answer.get("detail"))).isNotBlank().doesNotContain("Exception");
    }

    private static String firstEvent() throws IOException {
        var connection = running.url().resolve("/dashboard/live").toURL().openConnection();
        connection.setReadTimeout(5_000);
        try (var lines = new java.io.BufferedReader(
                new java.io.InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            return lines.readLine();
        }
    }

    private static PredictionCompleted answer(String id) {
        return Topics.PREDICTIONS.value(record(Topics.PREDICTIONS, id));
    }

    private static ConsumerRecord<byte[], byte[]> record(Topic<String, ?> topic, String key) {
        Map<String, ConsumerRecord<byte[], byte[]>> byKey = new java.util.HashMap<>();
        running.records(topic).forEach(r -> byKey.put(topic.key(r), r));
        assertThat(byKey).containsKey(key);
        return byKey.get(key);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void deadline_isATimeToCome() throws Exception {
        byte[] picture = DrawnDigits.png(3, 3);
        assertThat(running.submit(picture, "X-Deadline", "soon").get("code")).isEqualTo("invalid-deadline");
        String past = Instant.now().minusSeconds(1).toString();
        assertThat(running.submit(picture, "X-Deadline", past).get("code")).isEqualTo("deadline-passed");
        String toCome = Instant.now().plusSeconds(60).toString();
        assertThat(running.submit(picture, "X-Deadline", toCome, "Prefer", "wait=10")
                        .get("label"))
                .isEqualTo("3");
    }
}
