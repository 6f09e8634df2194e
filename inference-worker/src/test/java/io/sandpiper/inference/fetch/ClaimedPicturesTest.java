/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.inference.InferenceProperties;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.objectstore.ObjectStoreException;
import io.sandpiper.objectstore.StoredObject;
import io.sandpiper.schemas.Claim;
import io.sandpiper.schemas.Sha256;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ClaimedPicturesTest {

    private static final byte[] PICTURE = {1, 2, 3, 4, 5, 6};
    private static final Claim CLAIM = new Claim("claims/id", Sha256.of(PICTURE), PICTURE.length);

    private final ScriptedStore store = new ScriptedStore();
    private final ClaimedPictures pictures = new ClaimedPictures(
            store,
            new Binder(new MapConfigurationPropertySource(Map.of("sandpiper.inference.worker-id", "w")))
                    .bindOrCreate("sandpiper.inference", InferenceProperties.class));

    @Test
    void bodyThatWasCutShort_isAskedForAgain() throws Exception {
        store.answers.add(() -> Optional.of(Arrays.copyOf(PICTURE, 3)));
        store.answers.add(() -> {
            throw new ObjectStoreException("cut", null);
        });
        store.answers.add(() -> Optional.of(PICTURE));

        assertThat(pictures.fetch(CLAIM)).isEqualTo(PICTURE);
        assertThat(store.answers).isEmpty();
    }

    @Test
    void otherBytes_areNeverTaken() {
        for (int i = 0; i < 5; i++) {
            store.answers.add(() -> Optional.of(new byte[] {1, 2, 3, 4, 5, 7}));
        }

        assertThatThrownBy(() -> pictures.fetch(CLAIM)).isInstanceOf(PictureUnavailableException.class);
        assertThat(store.answers).isEmpty();
    }

    @Test
    void storeThatIsAway_isNoFaultOfThePicture() {
        for (int i = 0; i < 5; i++) {
            store.answers.add(() -> {
                throw new ObjectStoreException("away", null);
            });
        }

        assertThatThrownBy(() -> pictures.fetch(CLAIM)).isInstanceOf(ObjectStoreException.class);
    }

    @Test
    void onlyPictures_canBeClaimed() {
        for (String key : new String[] {"shared/secret", "claims/../shared/x", "models/m/1/network.zip", ""}) {
            assertThatThrownBy(() -> pictures.fetch(new Claim(key, CLAIM.sha256(), CLAIM.bytes())))
                    .isInstanceOf(PictureUnavailableException.class)
                    .hasMessageContaining("names no picture");
        }
        assertThatThrownBy(() -> pictures.fetch(new Claim("claims/id", CLAIM.sha256(), 1L << 40)))
                .isInstanceOf(PictureUnavailableException.class);
    }

    private static final class ScriptedStore implements ObjectStore {

        private final Queue<java.util.function.Supplier<Optional<byte[]>>> answers = new ArrayDeque<>();

        @Override
        public Optional<byte[]> get(String key, long maxBytes) {
            return answers.remove().get();
        }

        @Override
        public void put(String key, byte[] content, String contentType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void put(String key, Path file, String contentType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean putIfAbsent(String key, byte[] content, String contentType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void copy(String from, String to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Stream<StoredObject> list(String prefix) {
            throw new UnsupportedOperationException();
        }
    }
}
