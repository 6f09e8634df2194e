/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PredictionIdsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123Z");

    private final PredictionIds ids = ids("a key");

    @Test
    void id_isAUuidOfVersion7() {
        UUID id = UUID.fromString(ids.next("a"));

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void id_tellsWhenItWasIssued() {
        assertThat(ids.issuedAt(ids.next("a"), "a")).contains(NOW);
    }

    @Test
    void ids_areAllDifferent() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            seen.add(ids.next("a"));
        }
        assertThat(seen).hasSize(20_000);
    }

    @Test
    void id_ofAnotherKeyOrChangedOrMadeUp_isNotOurs() {
        String id = ids.next("a");
        String changed = id.substring(0, 12) + (id.charAt(12) == '0' ? '1' : '0') + id.substring(13);

        assertThat(ids.issuedAt(ids("another key").next("a"), "a")).isEmpty();
        assertThat(ids.issuedAt(changed, "a")).isEmpty();
        assertThat(ids.issuedAt(UUID.randomUUID().toString(), "a")).isEmpty();
        assertThat(ids.issuedAt("../../etc/passwd", "a")).isEmpty();
        assertThat(ids.issuedAt(id.toUpperCase(java.util.Locale.ROOT), "a")).isEmpty();
    }

    @Test
    void id_ofAnotherHolder_isNotTheirs() {
        assertThat(ids.issuedAt(ids.next("a"), "b")).isEmpty();
        assertThat(ids.issuedAt(ids.next("a"), "")).isEmpty();
        assertThat(ids.issuedAt(ids.next(""), "a")).isEmpty();
    }

    @Test
    void instances_withTheSameKey_knowEachOthersIds() {
        assertThat(ids("a key").issuedAt(ids.next("a"), "a")).contains(NOW);
    }

    private static PredictionIds ids(String key) {
        return new PredictionIds(
                key.getBytes(java.nio.charset.StandardCharsets.UTF_8), Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
