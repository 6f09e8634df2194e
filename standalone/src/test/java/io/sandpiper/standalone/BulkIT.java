/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Archives through the API, the bulk lane and back: every entry is told of, once. */
class BulkIT extends SharedStandalone {

    /** More of them for a measurement: {@code -Dsandpiper.test.pictures=20000}. */
    private static final int PICTURES = Integer.getInteger("sandpiper.test.pictures", 1_000);

    private static final int CORRUPT_EVERY = 40;
    private static final Duration LONG = Duration.ofMinutes(3);

    @Test
    void zipWithCorruptPictures_isReportedEntryByEntry() throws Exception {
        byte[] zip = zip();

        Running.Answer taken = bulk(zip);

        assertThat(taken.status()).isEqualTo(202);
        assertThat(taken.get("entries")).isEqualTo(PICTURES);
        String path = taken.header("Location");
        await().atMost(LONG).until(() -> running.get(path).get("state").equals("FINISHED"));
        Running.Answer done = running.get(path);
        int corrupt = PICTURES / CORRUPT_EVERY;
        assertThat(done.get("counts"))
                .isEqualTo(Map.of("PREDICTED", PICTURES - corrupt, "REJECTED", corrupt, "PENDING", 0));

        List<?> rejected = list(path + "/entries?state=REJECTED&limit=10000");
        assertThat(rejected)
                .hasSize(corrupt)
                .allSatisfy(e -> assertThat((Map<?, ?>) e)
                        .satisfies(entry ->
                                assertThat(String.valueOf(entry.get("name"))).endsWith("-corrupt.png")));
        List<?> page = list(path + "/entries?from=41&limit=3");
        assertThat(fields(page, "index")).isEqualTo(List.of(41, 42, 43));
        for (Object entry : page) {
            Map<?, ?> picture = (Map<?, ?>) entry;
            assertThat(picture.get("label")).isEqualTo(String.valueOf((int) picture.get("index") % 10));
            assertThat(running.get("/v1/predictions/" + picture.get("predictionId"))
                            .get("label"))
                    .isEqualTo(picture.get("label"));
        }
        List<PredictionCompleted> answers = running.records(Topics.PREDICTIONS).stream()
                .map(Topics.PREDICTIONS::value)
                .filter(a -> a.bulk() != null && path.endsWith(a.bulk().jobId()))
                .toList();
        assertThat(answers)
                .as("one answer a picture")
                .extracting(a -> a.bulk().index())
                .doesNotHaveDuplicates();
        assertThat(answers).allSatisfy(a -> assertThat(a.source().topic()).isEqualTo("images-bulk"));
    }

    @Test
    void linesOfJson_areTaken() throws Exception {
        String lines = "{\"name\":\"seven\",\"image\":\"%s\"}%nnonsense%n"
                .formatted(Base64.getEncoder().encodeToString(DrawnDigits.png(7, 3)));

        Running.Answer taken = bulk(lines.getBytes(StandardCharsets.UTF_8));

        assertThat(taken.status()).isEqualTo(202);
        await().atMost(LONG)
                .until(() -> running.get(taken.header("Location")).get("state").equals("FINISHED"));
        List<?> entries = list(taken.header("Location") + "/entries");
        assertThat(fields(entries, "state")).isEqualTo(List.of("PREDICTED", "REJECTED"));
        assertThat(((Map<?, ?>) entries.get(0)).get("label")).isEqualTo("7");
    }

    @Test
    void archiveThatHasToBeLeft_isTold_andWhatCameBeforeStands() throws Exception {
        byte[] zip = zip();

        Running.Answer cut = bulk(java.util.Arrays.copyOf(zip, zip.length / 2));

        assertThat(cut.status()).isEqualTo(422);
        assertThat(cut.get("code")).isIn("truncated-archive", "corrupt-archive");
        String path = "/v1/bulk/" + cut.get("bulkId");
        await().atMost(LONG).until(() -> running.get(path).get("state").equals("INCOMPLETE"));
        assertThat((int) cut.get("accepted") + (int) cut.get("refused"))
                .isEqualTo(running.get(path).get("entries"));
        assertThat(bulk("hello".getBytes(StandardCharsets.UTF_8)).get("code")).isEqualTo("not-an-archive");
        assertThat(running.get("/v1/bulk/0199f2d6-5c00-7abc-8def-0123456789ab").status())
                .isEqualTo(404);
    }

    /** A connection that is cut, again and again; whoever sends the archive under its key once more gets what is missing. */
    @Test
    void archiveThatIsSentAgain_isTakenOnce() throws Exception {
        byte[] zip = zip();
        Random random = new Random(7);
        for (int cut = 0; cut < 6; cut++) {
            sendPart(zip, random.nextInt(zip.length));
        }

        // One of those that were cut may still be waiting to be read: then 409 says that it is to be sent again.
        Callable<Running.Answer> send = () -> bulk(zip, "Idempotency-Key", "the-archive");
        Running.Answer taken = await().atMost(LONG).until(send, answer -> answer.status() == 202);
        Running.Answer again = await().atMost(LONG).until(send, answer -> answer.status() == 202);

        assertThat(again.get("id")).isEqualTo(taken.get("id"));
        String path = taken.header("Location");
        await().atMost(LONG).until(() -> running.get(path).get("state").equals("FINISHED"));
        int corrupt = PICTURES / CORRUPT_EVERY;
        assertThat(running.get(path).get("counts"))
                .isEqualTo(Map.of("PREDICTED", PICTURES - corrupt, "REJECTED", corrupt, "PENDING", 0));
        String job = String.valueOf(taken.get("id"));
        List<Integer> sent = running.records(Topics.IMAGES_BULK).stream()
                .map(ImageSubmitted::of)
                .filter(image -> image.bulk() != null && image.bulk().jobId().equals(job))
                .map(image -> image.bulk().index())
                .toList();
        assertThat(sent).as("each picture once").hasSize(PICTURES).doesNotHaveDuplicates();

        assertThat(bulk(zip("other"), "Idempotency-Key", "the-archive").get("code"))
                .isEqualTo("idempotency-key-reused");
    }

    /** Some of the archive, and then nothing more. */
    private static void sendPart(byte[] zip, int bytes) throws IOException, InterruptedException {
        try (Socket socket = new Socket(running.url().getHost(), running.url().getPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/bulk?model=mnist HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Idempotency-Key: the-archive\r\nContent-Type: application/zip\r\nContent-Length: "
                                    + zip.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(zip, 0, bytes);
            socket.getOutputStream().flush();
            // Long enough that some of it is in Kafka: a cut before that tests nothing.
            TimeUnit.MILLISECONDS.sleep(300);
        }
    }

    private static byte[] zip() throws IOException {
        return zip("");
    }

    private static byte[] zip(String prefix) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < PICTURES; i++) {
                boolean corrupt = i % CORRUPT_EVERY == 0;
                zip.putNextEntry(new ZipEntry(prefix + "%05d%s.png".formatted(i, corrupt ? "-corrupt" : "")));
                byte[] picture = DrawnDigits.png(i % 10, 100);
                zip.write(picture, 0, corrupt ? picture.length / 2 : picture.length);
            }
        }
        return bytes.toByteArray();
    }

    private static Running.Answer bulk(byte[] archive, String... headers) throws Exception {
        HttpRequest.Builder request = running.request("/v1/bulk?model=mnist")
                .timeout(LONG)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(archive));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return running.call(request);
    }

    private static List<Object> fields(List<?> entries, String name) {
        return entries.stream().map(e -> (Object) ((Map<?, ?>) e).get(name)).toList();
    }

    private static List<?> list(String path) throws Exception {
        return Json.read(running.get(path).response().body(), List.class);
    }
}
