/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What people say of answers. */
class FeedbackIT extends SharedStandalone {

    @Test
    void wordOfWhatAPictureShows_isChecked_andThePictureIsLearnedFrom() throws Exception {
        Running.Answer answer = running.predict("mnist", DrawnDigits.png(4, 777));
        String id = answer.get("id").toString();

        assertThat(running.feedback(id, "{\"label\":\"four\"}").get("code")).isEqualTo("unknown-label");
        assertThat(running.feedback(id, "{}").get("code")).isEqualTo("invalid-label");
        assertThat(running.feedback("0199f2d6-5c00-7abc-8def-0123456789ab", "{\"label\":\"4\"}")
                        .status())
                .isEqualTo(404);
        Running.Answer told = running.feedback(id, "{\"label\":\"4\",\"retain\":true}");
        assertThat(told.status()).as(told.toString()).isEqualTo(200);
        assertThat(running.run(null, "feedback", id, "7").output())
                .as("said again, the last counts")
                .isEqualToIgnoringNewLines("Version 1 of mnist said 4: wrong.");
        Running.Answer kept = running.get("/v1/models/mnist/training-images/" + told.get("trainingImage"));
        assertThat(kept.status()).isEqualTo(200);
        assertThat(running.records(Topics.TRAINING_IMAGES).stream()
                        .map(Topics.TRAINING_IMAGES::value)
                        .filter(image -> image.sha256().equals(told.get("trainingImage"))))
                .singleElement()
                .satisfies(image -> assertThat(image.label()).isEqualTo("4"));
        String broken = running.submit(Arrays.copyOf(DrawnDigits.png(1, 1), 60), "Prefer", "wait=10")
                .get("id")
                .toString();
        assertThat(running.feedback(broken, "{\"label\":\"4\"}").status()).isEqualTo(409);
        assertThat(running.get("/v1/models/mnist/versions/1/live-accuracy?minutes=0")
                        .get("code"))
                .isEqualTo("invalid-minutes");
    }
}
