/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import io.sandpiper.testsupport.HostilePictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Pictures that mean harm, through the API and through the topic: refused, while others get their answers as ever. */
class HostileIT extends SharedStandalone {

    private static final int BOMBS = 200;
    /** Whether times are looked at: {@code -Dsandpiper.test.measured=true}, on a machine with nothing else to do. */
    private static final boolean MEASURED = Boolean.getBoolean("sandpiper.test.measured");
    /** The best of them counts where it is measured. */
    private static final int ROUNDS = MEASURED ? 3 : 1;

    /** Which one it is depends on where the reader stops believing the header. */
    private static final List<String> REFUSALS = List.of("image-too-large", "not-an-image", "corrupt-image");

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void bombs_areRefused_overHttpAndOverTheTopic() throws Exception {
        Map<String, byte[]> bombs = HostilePictures.bombs();

        for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
            Running.Answer answer = running.submit(bomb.getValue());
            assertThat(answer.status()).as(bomb.getKey()).isIn(413, 415, 422);
            assertThat(answer.get("code")).as(bomb.getKey()).isIn(REFUSALS);
        }
        List<String> ids = produce("bomb-", List.copyOf(bombs.values()));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(answers(ids))
                        .hasSize(bombs.size())
                        .allSatisfy(answer -> {
                            assertThat(answer.state()).isEqualTo(State.REJECTED);
                            assertThat(answer.reason()).isNotNull();
                            assertThat(answer.reason().code()).isIn(REFUSALS);
                        }));
    }

    /** Every good picture is answered within its wait. The times, where they are looked at, are the best of some rounds. */
    @Test
    void bombsAtOnce_doNotHoldUpGoodPictures() throws Exception {
        List<byte[]> bombs = new ArrayList<>();
        List<byte[]> distinct = List.copyOf(HostilePictures.bombs().values());
        for (int i = 0; i < BOMBS; i++) {
            bombs.add(distinct.get(i % distinct.size()));
        }
        goodPictures();
        long calm = Long.MAX_VALUE;
        long attacked = Long.MAX_VALUE;

        for (int round = 0; round < ROUNDS; round++) {
            calm = Math.min(calm, percentile99(goodPictures()));
            List<String> ids = produce("attack-" + round + "-", bombs);
            List<CompletableFuture<HttpResponse<Void>>> sent = sendAll(bombs);
            attacked = Math.min(attacked, percentile99(goodPictures()));
            for (CompletableFuture<HttpResponse<Void>> one : sent) {
                assertThat(one.join().statusCode()).isIn(413, 415, 422, 503);
            }
            await().atMost(SOON).until(() -> answers(ids).size() == BOMBS);
        }

        if (MEASURED) {
            assertThat((double) attacked / calm)
                    .as("99th percentile, attacked %d ns, calm %d ns", attacked, calm)
                    .isLessThan(2);
        }
    }

    @Test
    void filesThatAreMoreThanAPicture_areSeenAsPixelsOnly_andNobodyIsCalled() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.close();
        });
        listener.start();
        String address = "http://127.0.0.1:" + listener.getAddress().getPort() + "/x";

        Map<String, byte[]> files = HostilePictures.polyglots(address, DrawnDigits.jpeg(7, 3), gif(7));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            for (String type : List.of("image/png", "image/svg+xml", "application/octet-stream")) {
                Running.Answer answer = running.call(running.request("/v1/predictions?model=mnist")
                        .header("Content-Type", type)
                        .header("Prefer", "wait=10")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(file.getValue())));
                if (file.getKey().contains(" and ")) {
                    assertThat(answer.get("label"))
                            .as("%s as %s", file.getKey(), type)
                            .isEqualTo("7");
                } else if (answer.status() == 200) {
                    assertThat(answer.get("state"))
                            .as("%s as %s", file.getKey(), type)
                            .isIn("PREDICTED", "REJECTED");
                } else {
                    assertThat(answer.status())
                            .as("%s as %s", file.getKey(), type)
                            .isIn(400, 415, 422);
                }
            }
        }
        List<String> ids = produce("polyglot-", List.copyOf(files.values()));
        await().atMost(SOON).until(() -> answers(ids).size() == files.size());

        listener.stop(0);
        assertThat(calls).hasValue(0);
    }

    private static long[] goodPictures() throws Exception {
        long[] nanos = new long[120];
        for (int i = 0; i < nanos.length; i++) {
            byte[] picture = DrawnDigits.png(i % 10, i);
            long started = System.nanoTime();
            Running.Answer answer = running.submit(picture, "Prefer", "wait=10");
            nanos[i] = System.nanoTime() - started;
            assertThat(answer.get("state")).isEqualTo("PREDICTED");
        }
        return nanos;
    }

    private static long percentile99(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length * 99 / 100];
    }

    private static List<CompletableFuture<HttpResponse<Void>>> sendAll(List<byte[]> bombs) {
        HttpClient http = HttpClient.newHttpClient();
        return bombs.stream()
                .map(bomb -> http.sendAsync(
                        running.request("/v1/predictions?model=mnist")
                                .header("Content-Type", "image/png")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(bomb))
                                .build(),
                        HttpResponse.BodyHandlers.discarding()))
                .toList();
    }

    private static List<String> produce(String prefix, List<byte[]> pictures) {
        List<String> ids = new ArrayList<>();
        try (var producer = new KafkaProducer<>(running.kafka(), new StringSerializer(), new ByteArraySerializer())) {
            for (byte[] picture : pictures) {
                String id = prefix + ids.size();
                ProducerRecord<String, byte[]> record = new ProducerRecord<>("images", id, picture);
                record.headers().add("ce_model", "mnist".getBytes(StandardCharsets.UTF_8));
                producer.send(record);
                ids.add(id);
            }
        }
        return ids;
    }

    private static List<PredictionCompleted> answers(List<String> ids) {
        return running.records(Topics.PREDICTIONS).stream()
                .map(Topics.PREDICTIONS::value)
                .filter(answer -> ids.contains(answer.predictionId()))
                .toList();
    }

    private static byte[] gif(int digit) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(DrawnDigits.png(digit, 3)));
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        ImageIO.write(image, "gif", gif);
        return gif.toByteArray();
    }
}
