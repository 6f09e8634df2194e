/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.testsupport.DrawnDigits;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What clients of the Open Inference Protocol ask, in the order in which they ask it. */
class InferenceProtocolIT extends SharedStandalone {

    @Test
    void serverAndModel_areReady_andDescribed() throws Exception {
        assertThat(running.get("/v2/health/live").status()).isEqualTo(200);
        assertThat(running.get("/v2/health/ready").status()).isEqualTo(200);
        assertThat(running.get("/v2").get("extensions")).isEqualTo(List.of("binary_tensor_data"));
        assertThat(running.get("/v2/models/mnist/ready").status()).isEqualTo(200);
        Running.Answer model = running.get("/v2/models/mnist");
        assertThat(model.get("versions")).isEqualTo(List.of("1"));
        assertThat(model.get("inputs").toString()).contains("BYTES", "FP32", "UINT8");
        assertThat(running.get("/v2/models/mnist/versions/1").status()).isEqualTo(200);

        Running.Answer other = running.get("/v2/models/mnist/versions/7");
        assertThat(other.status()).isEqualTo(404);
        assertThat(other.get("error")).isEqualTo(other.get("detail"));
        assertThat(running.get("/v2/models/unicorns/ready").status()).isEqualTo(404);
    }

    @Test
    void encodedPictures_areAnsweredInTheirOrder_badOnesWithTheirState() throws Exception {
        List<String> pictures = new ArrayList<>();
        for (int digit = 0; digit < 10; digit++) {
            pictures.add(Base64.getEncoder().encodeToString(DrawnDigits.png(digit, 3)));
        }

        Running.Answer answer = infer(Map.of(
                "id",
                "mine",
                "inputs",
                List.of(Map.of("name", "image", "datatype", "BYTES", "shape", List.of(10), "data", pictures))));

        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        assertThat(answer.get("id")).isEqualTo("mine");
        assertThat(answer.get("model_version")).isEqualTo("1");
        assertThat(output(answer, "label").get("data"))
                .isEqualTo(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
        assertThat(output(answer, "top_labels").get("shape")).isEqualTo(List.of(10, 5));
        assertThat(running.get("/v1/predictions/"
                                + ((List<?>) output(answer, "prediction_id").get("data")).get(4))
                        .get("label"))
                .isEqualTo("4");

        Running.Answer bad = infer(Map.of(
                "inputs",
                List.of(Map.of("name", "image", "datatype", "BYTES", "shape", List.of(1), "data", List.of("AAAA")))));
        assertThat(bad.status()).isEqualTo(415);
        assertThat(bad.get("error").toString()).contains("not a PNG");
    }

    @Test
    void pixels_areAPicture() throws Exception {
        var drawn = DrawnDigits.draw(7, 3, 28, true);
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < 28 * 28; i++) {
            values.add(drawn.getRaster().getSample(i % 28, i / 28, 0));
        }

        Running.Answer answer = infer(Map.of(
                "inputs",
                List.of(Map.of("name", "pixels", "datatype", "FP32", "shape", List.of(1, 28, 28, 1), "data", values)),
                "outputs",
                List.of(Map.of("name", "label"))));

        assertThat((List<?>) answer.get("outputs")).hasSize(1);
        assertThat(output(answer, "label").get("data")).isEqualTo(List.of("7"));
        assertThat(infer(Map.of("inputs", List.of())).get("code")).isEqualTo("invalid-tensor");
    }

    private static Running.Answer infer(Map<String, ?> request) throws Exception {
        return running.call(running.request("/v2/models/mnist/infer")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(io.sandpiper.schemas.Json.write(request))));
    }

    private static Map<?, ?> output(Running.Answer answer, String name) {
        return ((List<?>) answer.get("outputs"))
                .stream()
                        .map(o -> (Map<?, ?>) o)
                        .filter(o -> name.equals(o.get("name")))
                        .findFirst()
                        .orElseThrow();
    }
}
