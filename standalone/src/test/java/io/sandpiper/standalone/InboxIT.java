/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.objectstore.ObjectStoreConfiguration;
import io.sandpiper.objectstore.StoredObject;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Pictures that are dropped into the bucket, with two instances that look for them at once. */
class InboxIT {

    private static final int PICTURES = 60;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    @Test
    void eachPicture_isPickedUpOnce_andToldOf() throws Exception {
        System.setProperty("sandpiper.ingest.inbox.enabled", "true");
        System.setProperty("sandpiper.ingest.inbox.every", "50ms");
        try (Running running = Running.on(data);
                ChildApi other = ChildApi.start(
                        running, data, "--sandpiper.ingest.inbox.enabled=true", "--sandpiper.ingest.inbox.every=50ms");
                var context = new SpringApplicationBuilder(ObjectStoreConfiguration.class)
                        .web(WebApplicationType.NONE)
                        .run(
                                "--sandpiper.object-store.endpoint=" + running.standalone.s3(),
                                "--sandpiper.object-store.access-key=" + EmbeddedObjectStore.ACCESS_KEY,
                                "--sandpiper.object-store.secret-key="
                                        + Files.readString(data.resolve("s3-secret-key")))) {
            ObjectStore store = context.getBean(ObjectStore.class);
            for (int i = 0; i < PICTURES; i++) {
                store.put("inbox/mnist/day 1/%02d.png".formatted(i), DrawnDigits.png(i % 10, i), "image/png");
            }
            store.put("inbox/mnist/broken.png", new byte[] {1, 2, 3}, "image/png");
            store.put("inbox/unicorns/1.png", DrawnDigits.png(1, 1), "image/png");

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(keys(store, "inbox/")).containsExactly("inbox/unicorns/1.png"));

            assertThat(other.get("/v1/health", null)).isEqualTo(200);
            assertThat(running.records(Topics.IMAGES_BULK))
                    .as("each exactly once")
                    .hasSize(PICTURES);
            assertThat(running.records(Topics.IMAGES)).isEmpty();
            assertThat(keys(store, "inbox-done/")).hasSize(2 * PICTURES);
            for (int i = 0; i < PICTURES; i += 7) {
                Map<?, ?> receipt = Json.read(
                        store.get("inbox-done/mnist/day 1/%02d.png.json".formatted(i), 1000)
                                .orElseThrow(),
                        Map.class);
                Running.Answer answer = running.get("/v1/predictions/" + receipt.get("predictionId") + "?wait=20");
                assertThat(answer.get("label")).isEqualTo(String.valueOf(i % 10));
            }
            assertThat(keys(store, "inbox-refused/"))
                    .containsExactly("inbox-refused/mnist/broken.png", "inbox-refused/mnist/broken.png.json");
        } finally {
            System.clearProperty("sandpiper.ingest.inbox.enabled");
            System.clearProperty("sandpiper.ingest.inbox.every");
        }
    }

    private static List<String> keys(ObjectStore store, String prefix) {
        return store.list(prefix).map(StoredObject::key).toList();
    }
}
