/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingImageAccepted;
import io.sandpiper.testsupport.DrawnDigits;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Labelled pictures, from an archive to the figures of what a model learns from. */
class DatasetIT extends SharedStandalone {

    @Test
    void folders_areLabels_andEveryFileIsAccountedFor() throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            files.put("set/train/three/%d.png".formatted(i), DrawnDigits.png(3, i));
            files.put("set/test/Vögel ☃/%d.png".formatted(i), DrawnDigits.png(8, i));
        }
        files.put("set/train/three/again.png", DrawnDigits.png(3, 5));
        files.put("set/train/three/broken.png", new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        files.put("loose.png", DrawnDigits.png(1, 1));
        files.put("../../three/outside.png", DrawnDigits.png(1, 2));

        Running.Answer first = upload(Zips.of(files));

        assertThat(first.status()).isEqualTo(200);
        assertThat((int) first.get("accepted") + (int) first.get("duplicates")).isEqualTo(81);
        assertThat(first.get("rejected")).isEqualTo(3);
        assertThat(first.get("files").toString()).contains("broken.png", "loose.png", "no-label", "outside.png");
        awaitDataset(80);

        Running.Answer again = upload(Zips.of(files));
        assertThat(again.get("accepted")).isEqualTo(0);
        assertThat(again.get("duplicates")).isEqualTo(81);
        Running.Answer relabelled = upload(Zips.of(Map.of("four/0.png", DrawnDigits.png(3, 0))));
        assertThat(relabelled.get("relabelled")).isEqualTo(1);

        await().untilAsserted(() ->
                assertThat(classes()).isEqualTo(Map.of("four", "1/0/0", "three", "39/39/0", "Vögel ☃", "40/0/40")));
        Running.Answer dataset = running.get("/v1/models/birds/dataset");
        assertThat(dataset.get("images")).isEqualTo(80);
        assertThat(dataset.get("resolutions")).isEqualTo(List.of(Map.of("width", 28, "height", 28, "images", 80)));
        assertThat((double) ((Map<?, ?>) dataset.get("brightness")).get("mean")).isBetween(5.0, 200.0);
        assertThat(((List<?>) dataset.get("intensity"))
                        .stream().mapToInt(i -> (int) i).sum())
                .isBetween(980, 1000);

        List<?> samples = (List<?>) ((Map<?, ?>) ((List<?>) dataset.get("classes")).get(0)).get("samples");
        Running.Answer picture = running.get("/v1/models/birds/training-images/" + samples.get(0));
        assertThat(picture.header("Content-Type")).isEqualTo("image/png");
        assertThat(picture.header("Content-Disposition")).startsWith("attachment");
        assertThat(new String(picture.response().body(), 0, 4, StandardCharsets.ISO_8859_1))
                .isEqualTo("\u0089PNG");
        assertThat(running.get("/v1/models/birds/training-images/" + "0".repeat(64))
                        .status())
                .isEqualTo(404);
        assertThat(running.get("/v1/models/unicorns/dataset").get("code")).isEqualTo("unknown-dataset");
    }

    /** A picture that is a zip, too, or has a comment with a script: what is stored is its pixels. */
    @Test
    void nothingButPixels_isStored() throws Exception {
        ByteArrayOutputStream polyglot = new ByteArrayOutputStream();
        polyglot.write(DrawnDigits.jpeg(6, 6));
        polyglot.write(Zips.of(Map.of("secret.txt", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8))));

        upload("polyglots", Zips.of(Map.of("six/p.jpg", polyglot.toByteArray())));

        var stored = running.records(Topics.TRAINING_IMAGES).stream()
                .map(Topics.TRAINING_IMAGES::value)
                .filter(i -> i.label().equals("six"))
                .toList();
        assertThat(stored).hasSize(1);
        assertThat(stored.get(0).contentType()).isEqualTo("image/png");
        byte[] png = running.get(
                        "/v1/models/polyglots/training-images/" + stored.get(0).sha256())
                .response()
                .body();
        assertThat(new String(png, StandardCharsets.ISO_8859_1)).doesNotContain("PK\u0003\u0004", "script");
        assertThat(png).hasSize((int) stored.get(0).bytes());
    }

    /** Whatever people call things: the name is kept as it is, and is the name of no file or object. */
    @Test
    void labels_areTextAndNothingElse() throws Exception {
        List<String> fine = List.of(
                "🐦",
                "שלום",
                "\u202Egnp.exe",
                "../../etc/passwd",
                "a/b",
                "CON",
                "x",
                "<script>alert(1)</script>",
                "x".repeat(255),
                "Vögel");
        int picture = 0;
        for (String label : fine) {
            assertThat(labelled(label, picture++)).as(label).isEqualTo(200);
        }
        assertThat(labelled("Vo\u0308gel", picture++))
                .as("the same in other code points")
                .isEqualTo(200);
        for (String label : List.of("", " ", "x".repeat(256), "x".repeat(1_000), "a\u0000b", "a\r\nb", "\u001b[2J")) {
            assertThat(labelled(label, picture)).as(label).isEqualTo(400);
        }

        await().atMost(Duration.ofSeconds(30))
                .until(() -> Integer.valueOf(fine.size() + 1)
                        .equals(running.get("/v1/models/names/dataset").get("images")));
        List<?> classes = (List<?>) running.get("/v1/models/names/dataset").get("classes");
        assertThat(classes.stream().map(c -> String.valueOf(((Map<?, ?>) c).get("label"))))
                .containsExactlyInAnyOrderElementsOf(fine);
        assertThat(running.records(Topics.TRAINING_IMAGES).stream()
                        .map(Topics.TRAINING_IMAGES::value)
                        .filter(image -> image.model().equals("names"))
                        .map(TrainingImageAccepted::objectKey))
                .hasSize(fine.size() + 1)
                .allMatch(key -> key.matches("training-images/names/[0-9a-f]{64}"));
    }

    private static int labelled(String label, int picture) throws Exception {
        String form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(form.getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(DrawnDigits.png(6, 500 + picture));
        body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        return running.call(running.request("/v1/models/names/training-images?label="
                                + URLEncoder.encode(label, StandardCharsets.UTF_8))
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())))
                .status();
    }

    private static void awaitDataset(int images) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Integer.valueOf(images)
                        .equals(running.get("/v1/models/birds/dataset").get("images")));
    }

    /** Label to images/train/test. */
    private static Map<String, String> classes() throws Exception {
        Map<String, String> classes = new TreeMap<>();
        for (Object c : (List<?>) running.get("/v1/models/birds/dataset").get("classes")) {
            Map<?, ?> one = (Map<?, ?>) c;
            classes.put(
                    String.valueOf(one.get("label")),
                    "%s/%s/%s".formatted(one.get("images"), one.get("train"), one.get("test")));
        }
        return classes;
    }

    private static Running.Answer upload(byte[] archive) throws Exception {
        return upload("birds", archive);
    }

    private static Running.Answer upload(String model, byte[] archive) throws Exception {
        return running.call(running.request("/v1/models/" + model + "/training-images")
                .header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(archive)));
    }
}
