/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.ApiKeyChanged;
import io.sandpiper.schemas.ApiKeyChanged.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final Map<String, ApiKeyChanged> log = new HashMap<>();
    private final ApiKeys keys = new ApiKeys(() -> log, pepper("pepper"));

    @Test
    void key_isItsHoldersUntilItExpires() {
        String key = create(Set.of(Scope.PREDICT));

        assertThat(keys.authenticate(key, NOW)).hasValueSatisfying(holder -> {
            assertThat(holder.name()).isEqualTo("team-a");
            assertThat(holder.may(Scope.PREDICT)).isTrue();
            assertThat(holder.may(Scope.TRAIN)).isFalse();
            assertThat(holder.may(Scope.ADMIN)).isFalse();
        });
        assertThat(keys.authenticate(key, NOW.plus(Duration.ofDays(1)).minusMillis(1)))
                .isPresent();
        assertThat(keys.authenticate(key, NOW.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void revokedKey_isNone() {
        String key = create(Set.of(Scope.ADMIN));
        log.replaceAll((id, changed) -> changed.revoked(NOW));

        assertThat(keys.authenticate(key, NOW)).isEmpty();
        assertThat(keys.areConfigured()).as("and still nobody comes in without").isTrue();
    }

    @Test
    void wrongSecret_orAnotherInstallations_isNone() {
        String key = create(Set.of(Scope.ADMIN));
        char last = key.charAt(key.length() - 1);

        assertThat(keys.authenticate(key.substring(0, key.length() - 1) + (last == 'A' ? 'B' : 'A'), NOW))
                .isEmpty();
        assertThat(keys.authenticate(key + "=", NOW)).isEmpty();
        assertThat(keys.authenticate("", NOW)).isEmpty();
        assertThat(new ApiKeys(() -> log, pepper("another")).authenticate(key, NOW))
                .isEmpty();
    }

    @Test
    void secret_isNotKept() {
        String key = create(Set.of(Scope.ADMIN));

        assertThat(log.toString()).doesNotContain(key.substring(20));
    }

    @Test
    void keyFromElsewhere_isTakenInItsForm() {
        String key = "pk_0011223344556677_" + "s".repeat(43);
        keys.adopt(key, "admin", Set.of(Scope.ADMIN), NOW, Duration.ofDays(1))
                .ifPresent(changed -> log.put(changed.keyId(), changed));

        assertThat(keys.authenticate(key, NOW)).isPresent();
        assertThat(keys.adopt("secret", "admin", Set.of(Scope.ADMIN), NOW, Duration.ofDays(1)))
                .isEmpty();
    }

    private String create(Set<Scope> scopes) {
        ApiKeys.NewKey created = keys.create("team-a", scopes, null, NOW, Duration.ofDays(1));
        log.put(created.changed().keyId(), created.changed());
        return created.key();
    }

    private static byte[] pepper(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
