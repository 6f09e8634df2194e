/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"mnist", "brain-mri", "7", "a"})
    void modelName_plain_isAccepted(String name) {
        assertThat(Names.isModelName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "MNIST", "a/b", "..", "a b", "é"})
    void modelName_withAnythingElse_isRefused(String name) {
        assertThat(Names.isModelName(name)).isFalse();
    }

    @Test
    void label_isOneClassHoweverItsAccentIsWritten() {
        assertThat(Names.normalizeLabel(" e\u0301t\u00e9 ")).isEqualTo("\u00e9t\u00e9");
    }

    @Test
    void label_isTextOfAtMost255Characters() {
        assertThat(Names.isLabel("\ud83d\udc26".repeat(255))).isTrue();
        assertThat(Names.isLabel("a".repeat(256))).isFalse();
        assertThat(Names.isLabel("")).isFalse();
        assertThat(Names.isLabel("a\r\nb")).isFalse();
    }
}
