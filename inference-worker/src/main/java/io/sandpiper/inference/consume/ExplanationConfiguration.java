/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.explain.Explainer;
import io.sandpiper.classifier.explain.Pace;
import io.sandpiper.inference.InferenceProperties;
import io.sandpiper.inference.explain.AnswerExplainer;
import io.sandpiper.inference.fetch.SubmittedPictures;
import io.sandpiper.inference.lane.LaneGate;
import io.sandpiper.inference.model.StoredVersions;
import io.sandpiper.inference.publish.ExplanationPublisher;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.service.trace.RecordTraces;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Explanations, on a thread of their own that steps back behind single pictures as bulk does. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "sandpiper.inference.explanations", matchIfMissing = true)
class ExplanationConfiguration {

    private static final Duration REGISTRY_LIMIT = Duration.ofSeconds(2);

    @Bean
    ExplanationConsumer explanationConsumer(
            KafkaProperties kafka,
            InferenceProperties properties,
            ModelRegistryReader registry,
            StoredVersions stored,
            SubmittedPictures pictures,
            ObjectStore store,
            LaneGate gate,
            ExplanationPublisher publisher,
            RecordTraces traces) {
        AnswerExplainer explainer = new AnswerExplainer(
                new RegisteredVersions(registry, stored, properties.gradCam()),
                pictures::fetch,
                store,
                properties.imageLimits(),
                gate,
                properties.workerId());
        return new ExplanationConsumer(kafka.buildConsumerProperties(), explainer, publisher::publish, traces);
    }

    private record RegisteredVersions(ModelRegistryReader registry, StoredVersions stored, boolean gradients)
            implements AnswerExplainer.Versions {

        /** One that is not known yet is looked for once more: the API may have read further than we have. */
        @Override
        public @Nullable ModelVersion find(String model, String version) throws InterruptedException {
            ModelVersion known = current(model, version);
            return known != null || !registry.awaitCaughtUp(Instant.now(), REGISTRY_LIMIT)
                    ? known
                    : current(model, version);
        }

        private @Nullable ModelVersion current(String model, String version) {
            ModelRegistry.Model known = registry.current().models().get(model);
            return known == null ? null : known.versions().get(version);
        }

        @Override
        public Explainer open(ModelVersion version, Pace pace) throws InvalidArchiveException, IOException {
            return Explainer.open(stored.load(version), pace, gradients);
        }
    }
}
