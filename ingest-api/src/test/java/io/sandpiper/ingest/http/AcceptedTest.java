/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class AcceptedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | true",
                "text/html | true",
                "text/html;charset=utf-8 | true",
                "application/json, text/html;q=0.5 | false",
                "application/json;q=0.5, text/html | true",
                "text/html;q=0, */* | false",
                "application/json | false",
                "*/* | false",
                "text/plain | false",
                "nonsense | false",
                "'' | false",
            })
    void prefersHtml_onlyWhenAPageIsNamed_andNotLessWanted(String accept, boolean page) {
        HttpHeaders headers = new HttpHeaders();
        headers.add(HttpHeaders.ACCEPT, accept);

        assertThat(Accepted.of(headers).prefersHtml()).isEqualTo(page);
    }

    @Test
    void clientThatDoesNotSay_getsJson() {
        assertThat(Accepted.of(new HttpHeaders()).prefersHtml()).isFalse();
    }

    @Test
    void clientThatWantsAPageOnly_doesNotWantJson() {
        HttpHeaders headers = new HttpHeaders();
        headers.add(HttpHeaders.ACCEPT, "text/html");

        assertThat(Accepted.of(headers).json()).isZero();
    }
}
