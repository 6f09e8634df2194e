/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.objectstore.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SweeperTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String KNOWN = "training-images/m/known";

    private final TreeMap<String, Instant> objects = new TreeMap<>();
    private final ObjectStore store = store();
    private boolean caughtUp = true;

    @Test
    void oldClaimsExplanationsAndUploads_go_youngOnesStay() {
        put("claims/old", Duration.ofHours(26));
        put("claims/young", Duration.ofHours(24));
        put("explanations/old", Duration.ofHours(26));
        put("explanations/young", Duration.ofHours(24));
        put("uploads/old", Duration.ofHours(26));
        put("uploads/young", Duration.ofMinutes(1));
        put("models/m/1/network.zip", Duration.ofDays(400));
        put("shared/key", Duration.ofDays(400));

        sweep();

        assertThat(objects.keySet())
                .containsExactly(
                        "claims/young", "explanations/young", "models/m/1/network.zip", "shared/key", "uploads/young");
    }

    @Test
    void labelledPicture_ofWhichNoEventTells_goes() {
        put(KNOWN, Duration.ofDays(400));
        put("training-images/m/orphan", Duration.ofHours(2));
        put("training-images/m/under-way", Duration.ofMinutes(5));

        sweep();

        assertThat(objects.keySet()).containsExactly(KNOWN, "training-images/m/under-way");
    }

    @Test
    void asLongAsTheLogWasNotRead_noLabelledPictureGoes() {
        caughtUp = false;
        put("training-images/m/orphan", Duration.ofHours(2));

        sweep();

        assertThat(objects.keySet()).containsExactly("training-images/m/orphan");
    }

    private void put(String key, Duration age) {
        objects.put(key, NOW.minus(age));
    }

    private void sweep() {
        new Sweeper(store, () -> caughtUp, KNOWN::equals, Duration.ofHours(1)).sweep(NOW);
    }

    private ObjectStore store() {
        ObjectStore mock = mock(ObjectStore.class);
        when(mock.list(anyString()))
                .thenAnswer(call -> new TreeMap<>(objects)
                        .entrySet().stream()
                                .filter(o -> o.getKey().startsWith(call.getArgument(0)))
                                .map(o -> new StoredObject(o.getKey(), "etag", 1, o.getValue())));
        doAnswer(call -> objects.remove(call.<String>getArgument(0))).when(mock).delete(anyString());
        return mock;
    }
}
