/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Archives through the API, the bulk lane and back: every entry is told of, once. */
class BulkIT extends OneStandalone {

    /** More of them for a measurement: {@code -Dsandpiper.test.pictures=20000}. */
    private static final int PICTURES = Integer.getInteger("sandpiper.test.pictures", 2_000);

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

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < PICTURES; i++) {
                boolean corrupt = i % CORRUPT_EVERY == 0;
                zip.putNextEntry(new ZipEntry("%05d%s.png".formatted(i, corrupt ? "-corrupt" : "")));
                byte[] picture = DrawnDigits.png(i % 10, 100);
                zip.write(picture, 0, corrupt ? picture.length / 2 : picture.length);
            }
        }
        return bytes.toByteArray();
    }

    private static Running.Answer bulk(byte[] archive) throws Exception {
        return running.call(running.request("/v1/bulk?model=mnist")
                .timeout(LONG)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(archive)));
    }

    private static List<Object> fields(List<?> entries, String name) {
        return entries.stream().map(e -> (Object) ((Map<?, ?>) e).get(name)).toList();
    }

    private static List<?> list(String path) throws Exception {
        return Json.read(running.get(path).response().body(), List.class);
    }
}
