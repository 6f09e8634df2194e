/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.schemas.ModelVersion;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Versions that are kept open after they served. */
class ShelfTest {

    private final Shelf shelf = new Shelf(2);
    private final Set<String> closed = new HashSet<>();

    @Test
    void take_ofWhatServedLast_isThatVersionOpen_once() {
        OpenedModel first = opened("1");
        shelf.put(first);

        assertThat(shelf.take(first.version())).isSameAs(first);
        assertThat(shelf.take(first.version())).isNull();
        assertThat(closed).isEmpty();
    }

    /** A number says nothing of what lies behind it: somebody may have written to the store. */
    @Test
    void take_ofTheSameNumberWithAnotherHash_isNull() {
        shelf.put(opened("1"));

        assertThat(shelf.take(version("1", "other"))).isNull();
    }

    @Test
    void put_beyondItsPlaces_closesTheOldest() {
        shelf.put(opened("1"));
        shelf.put(opened("2"));
        shelf.put(opened("3"));

        assertThat(closed).containsExactly("1");
        shelf.close();
        assertThat(closed).containsExactlyInAnyOrder("1", "2", "3");
    }

    private OpenedModel opened(String version) {
        Classifier classifier = (Classifier) Proxy.newProxyInstance(
                Classifier.class.getClassLoader(), new Class<?>[] {Classifier.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("close");
                    closed.add(version);
                    return null;
                });
        return new OpenedModel(version(version, "hash"), classifier);
    }

    private static ModelVersion version(String version, String hash) {
        return new ModelVersion(
                "mnist", version, null, List.of("0", "1"), "key", hash, Map.of(), null, null, null, Instant.EPOCH);
    }
}
