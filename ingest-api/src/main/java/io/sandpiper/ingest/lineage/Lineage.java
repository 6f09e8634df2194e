/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.lineage;

import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.schemas.BulkRef;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Source;
import io.sandpiper.schemas.TrainingCompleted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer came from, back to what its model learned from. What is not known is absent, and named.
 *
 * @param unknown what is absent, and why
 */
public record Lineage(
        String id,
        PredictionCompleted.State state,
        @Nullable String label,
        @Nullable Double probability,
        Instant submittedAt,
        Instant completedAt,
        String worker,
        Picture picture,
        @Nullable Version version,
        @Nullable Dataset dataset,
        @Nullable Training training,
        @Nullable Evaluation evaluation,
        ModelRegistry.@Nullable Decision promotion,
        List<Unknown> unknown) {

    public Lineage {
        unknown = List.copyOf(unknown);
    }

    /**
     * Where the picture lies in Kafka.
     *
     * @param sha256 of its bytes as they were sent; absent when its record is gone, as its size
     */
    public record Picture(
            @Nullable String sha256,
            @Nullable Long bytes,
            String topic,
            int partition,
            long offset,
            @Nullable BulkRef bulk) {

        static Picture of(PredictionCompleted answer, @Nullable ImageSubmitted image) {
            Source source = answer.source();
            return new Picture(
                    image == null ? null : image.sha256(),
                    image == null ? null : bytes(image),
                    source.topic(),
                    source.partition(),
                    source.offset(),
                    answer.bulk());
        }

        private static long bytes(ImageSubmitted image) {
            return image.claim() == null ? image.image().length : image.claim().bytes();
        }
    }

    /**
     * What answered.
     *
     * @param previous the version that it was meant to follow
     * @param recipe the architecture and its settings, by name; absent when the archive cannot be read, as the origin
     * @param origin where the weights come from, in a sentence
     * @param signed whether the trainer signed it
     */
    public record Version(
            String model,
            String version,
            @Nullable String previous,
            @Nullable String recipe,
            @Nullable String origin,
            String manifestSha256,
            boolean signed,
            Instant createdAt) {

        static Version of(ModelVersion version, @Nullable ModelManifest manifest) {
            return new Version(
                    version.model(),
                    version.version(),
                    version.parent(),
                    manifest == null ? null : manifest.recipe(),
                    manifest == null ? null : manifest.origin(),
                    version.manifestSha256(),
                    version.signature() != null,
                    version.createdAt());
        }
    }

    /**
     * What the version learned from.
     *
     * @param objectKey of the list of its pictures, in the object store; absent when it was put together elsewhere
     */
    public record Dataset(String digest, @Nullable String objectKey) {}

    /** @param decision why the version serves, or does not, when the job ended; absent as long as it has not */
    public record Training(
            String jobId,
            @Nullable String decision,
            @Nullable Instant completedAt) {

        static Training of(String jobId, @Nullable TrainingCompleted end) {
            return new Training(jobId, end == null ? null : end.decision(), end == null ? null : end.at());
        }
    }

    /** On pictures that the version never saw. */
    public record Evaluation(long images, double accuracy, double macroF1, Instant evaluatedAt) {

        static Evaluation of(EvaluationReport report) {
            return new Evaluation(report.images(), report.accuracy(), report.macroF1(), report.evaluatedAt());
        }
    }

    /** @param part the field that is absent */
    public record Unknown(String part, String detail) {}
}
