/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitTest {

    private static final Duration MAX = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"wait=10", "WAIT = 10", "respond-async, wait=10", "wait=\"10\"", "return=minimal; wait=10"})
    void preference_isFoundAmongOthers(String prefer) {
        assertThat(Wait.of(List.of(prefer), null, MAX)).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait", "wait=", "wait=-1", "await=10", "wait=soon"})
    void preference_thatIsNone_isIgnored(String prefer) {
        assertThat(Wait.of(List.of(prefer), null, MAX)).isZero();
    }

    @Test
    void wait_isNeverLongerThanAllowed() {
        assertThat(Wait.of(List.of("wait=999999"), null, MAX)).isEqualTo(MAX);
        assertThat(Wait.of(null, "120", MAX)).isEqualTo(MAX);
    }

    @Test
    void parameter_thatIsNoNumber_isAnError() {
        assertThatThrownBy(() -> Wait.of(null, "soon", MAX)).isInstanceOf(ApiException.class);
    }
}
