/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatestTest {

    private final Latest<String> latest = new Latest<>(2, text -> text.substring(0, 1));

    @Test
    void newest_comeFirst_andOldOnesGo() {
        latest.with("a1").with("a2").with("b1").with("a3");

        assertThat(latest.of("a")).containsExactly("a3", "a2");
        assertThat(latest.of("b")).containsExactly("b1");
        assertThat(latest.of("c")).isEmpty();
    }

    /** As a reader does that begins anew. */
    @Test
    void messageThatIsReadTwice_isThereOnce() {
        latest.with("a1").with("a2").with("a1").with("a2");

        assertThat(latest.of("a")).containsExactly("a2", "a1");
    }
}
