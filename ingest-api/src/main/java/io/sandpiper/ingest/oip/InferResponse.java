/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.oip;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.ClassProbability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An answer: one row a picture, in the order they were sent. */
public record InferResponse(
        @JsonProperty("model_name") String modelName,
        @JsonProperty("model_version") @Nullable String modelVersion,
        @Nullable String id,
        List<Tensor> outputs) {

    /** What can be had. */
    public static final Map<String, String> OUTPUTS = outputTypes();

    public record Tensor(String name, String datatype, List<Integer> shape, List<?> data) {}

    /**
     * The answers as tensors. A picture without a label has an empty one, and its state says why.
     *
     * @param wanted names of outputs; empty: all
     */
    public static InferResponse of(
            String model, @Nullable String id, List<PredictionCompleted> answers, Set<String> wanted) {
        List<Tensor> outputs = new ArrayList<>();
        add(outputs, wanted, "label", answers, a -> a.label() == null ? "" : a.label());
        add(outputs, wanted, "probability", answers, a -> a.probability() == null ? 0.0 : a.probability());
        add(outputs, wanted, "state", answers, a -> a.state().name());
        add(outputs, wanted, "prediction_id", answers, PredictionCompleted::predictionId);
        addTop(outputs, wanted, answers);
        String version = answers.stream()
                .map(PredictionCompleted::modelVersion)
                .filter(v -> v != null)
                .findFirst()
                .orElse(null);
        return new InferResponse(model, version, id, outputs);
    }

    private static void add(
            List<Tensor> outputs,
            Set<String> wanted,
            String name,
            List<PredictionCompleted> answers,
            Function<PredictionCompleted, Object> value) {
        if (wanted.isEmpty() || wanted.contains(name)) {
            outputs.add(new Tensor(
                    name,
                    OUTPUTS.getOrDefault(name, "BYTES"),
                    List.of(answers.size()),
                    answers.stream().map(value).toList()));
        }
    }

    /** As many columns as the answer with the most classes has; what is missing is empty. */
    private static void addTop(List<Tensor> outputs, Set<String> wanted, List<PredictionCompleted> answers) {
        int columns = answers.stream().mapToInt(a -> a.top().size()).max().orElse(0);
        List<String> labels = new ArrayList<>();
        List<Double> probabilities = new ArrayList<>();
        for (PredictionCompleted answer : answers) {
            for (int i = 0; i < columns; i++) {
                boolean there = i < answer.top().size();
                ClassProbability top = there ? answer.top().get(i) : new ClassProbability("", 0);
                labels.add(top.label());
                probabilities.add(top.probability());
            }
        }
        List<Integer> shape = List.of(answers.size(), columns);
        if (wanted.isEmpty() || wanted.contains("top_labels")) {
            outputs.add(new Tensor("top_labels", "BYTES", shape, labels));
        }
        if (wanted.isEmpty() || wanted.contains("top_probabilities")) {
            outputs.add(new Tensor("top_probabilities", "FP32", shape, probabilities));
        }
    }

    private static Map<String, String> outputTypes() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("label", "BYTES");
        types.put("probability", "FP32");
        types.put("state", "BYTES");
        types.put("prediction_id", "BYTES");
        types.put("top_labels", "BYTES");
        types.put("top_probabilities", "FP32");
        return types;
    }
}
