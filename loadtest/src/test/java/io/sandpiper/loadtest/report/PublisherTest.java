/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.LoadSweepMeasured;
import io.sandpiper.schemas.LoadTestEvent.RouteKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublisherTest {

    @Test
    void kafkaThatCannotBeReached_isToldInOneLine_andIsNoError() {
        StringWriter err = new StringWriter();

        new Publisher("nowhere", new PrintWriter(err))
                .publish(new LoadSweepMeasured(
                        "a",
                        Instant.EPOCH,
                        Instant.EPOCH,
                        "cifar10",
                        32,
                        RouteKind.KAFKA,
                        64,
                        null,
                        "a machine",
                        List.of(new Case("share", 1, 2, 100, 1, 0, 1, 1, 5, 6, 7).message())));

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("is not on the dashboard", "Kafka at nowhere", "bootstrap.servers");
    }
}
