/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What was written by a released version must stay readable, and what we write must be what the schema says. */
class GoldenMessagesTest {

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            entry("PredictionCompleted", PredictionCompleted.class),
            entry("ModelPublished", ModelEvent.class),
            entry("ModelPromoted", ModelEvent.class),
            entry("ModelRetired", ModelEvent.class),
            entry("ModelRefused", ModelEvent.class),
            entry("ModelConfigured", ModelConfigured.class),
            entry("ModelSwapped", ModelSwapped.class),
            entry("BulkStarted", BulkEvent.class),
            entry("BulkEntryRefused", BulkEvent.class),
            entry("BulkResumed", BulkEvent.class),
            entry("BulkProgressed", BulkEvent.class),
            entry("BulkReceived", BulkEvent.class),
            entry("PredictionCancelled", PredictionCancelled.class),
            entry("LabelGiven", LabelGiven.class),
            entry("ServingProfile", ServingProfile.class),
            entry("ServingObserved", ServingObserved.class),
            entry("DriftMeasured", DriftMeasured.class),
            entry("TriggerFired", TriggerFired.class),
            entry("LoadRunMeasured", LoadTestEvent.class),
            entry("LoadSweepMeasured", LoadTestEvent.class),
            entry("ExplanationRequested", ExplanationRequested.class),
            entry("ExplanationCompleted", ExplanationCompleted.class),
            entry("IdempotencyKeyUsed", IdempotencyKeyUsed.class),
            entry("ApiKeyChanged", ApiKeyChanged.class),
            entry("TrainingImageAccepted", TrainingImageAccepted.class),
            entry("TrainingRequested", TrainingCommand.class),
            entry("ModelImportRequested", TrainingCommand.class),
            entry("EvaluationRequested", TrainingCommand.class),
            entry("TrainingCancelled", TrainingCommand.class),
            entry("TrainingProgressed", TrainingEvent.class),
            entry("TrainingCompleted", TrainingEvent.class),
            entry("EvaluationCompleted", TrainingEvent.class),
            entry("TrainingFailed", TrainingEvent.class),
            entry("ModelManifest", ModelManifest.class),
            entry("EvaluationReport", EvaluationReport.class),
            entry("DatasetCheck", DatasetCheck.class));

    static Stream<String> messages() {
        return TYPES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void goldenMessage_isReadAndWrittenBackUnchanged(String name) throws IOException {
        byte[] golden = resource("/golden/" + name + ".v1.json");

        byte[] written = Json.write(Json.read(golden, TYPES.get(name)));

        JsonMapper mapper = new JsonMapper();
        assertThat(mapper.readTree(written)).isEqualTo(mapper.readTree(golden));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void goldenMessage_matchesItsSchema(String name) throws IOException {
        assertThat(violations(name, resource("/golden/" + name + ".v1.json"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void schema_refusesAnEmptyMessage(String name) throws IOException {
        assertThat(violations(name, "{}".getBytes(StandardCharsets.UTF_8))).isNotEmpty();
    }

    private static java.util.List<?> violations(String name, byte[] json) throws IOException {
        String schema = new String(resource("/schemas/" + name + ".v1.schema.json"), StandardCharsets.UTF_8);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(new String(json, StandardCharsets.UTF_8), InputFormat.JSON);
    }

    private static byte[] resource(String path) throws IOException {
        try (InputStream in = GoldenMessagesTest.class.getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return in.readAllBytes();
        }
    }
}
