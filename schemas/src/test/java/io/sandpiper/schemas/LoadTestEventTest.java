/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.LoadTestEvent.Latency;
import io.sandpiper.schemas.LoadTestEvent.RouteKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class LoadTestEventTest {

    @Test
    void textThatIsTooLong_isCut_betweenTwoCharacters() {
        String bird = "\uD83D\uDC26";

        assertThat(BoundedText.of(bird.repeat(200))).isEqualTo(bird.repeat(200));
        assertThat(BoundedText.of(bird.repeat(201))).isEqualTo(bird.repeat(199) + "…");
    }

    /** Whoever reads them keeps them: what is too large, or half there, is no message. */
    @Test
    void eventThatIsTooLarge_orHalfThere_isNotRead() {
        String right = new String(Json.write(sweep("share", 2)), StandardCharsets.UTF_8);

        assertThat(read(right)).isEqualTo(sweep("share", 2));
        for (String wrong : new String[] {
            right.replace("share", "s".repeat(201)),
            right.replace("endedAt", "ended"),
            right.replace("LoadSweepMeasured", "LoadRunMeasured")
        }) {
            assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(MalformedMessageException.class);
        }
        assertThatThrownBy(() -> sweep("share", 257))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("256");
    }

    private static LoadTestEvent read(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), LoadTestEvent.class);
    }

    private static LoadTestEvent sweep(String mode, int cases) {
        return new LoadSweepMeasured(
                "a",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(1),
                "cifar10",
                32,
                RouteKind.KAFKA,
                64,
                null,
                "a machine",
                Collections.nCopies(cases, new LoadSweepMeasured.Case(mode, 1, 1, 100, 1, 0, new Latency(1, 2, 3))));
    }
}
