/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.lineage;

import io.sandpiper.ingest.lineage.Lineage.Unknown;
import io.sandpiper.ingest.picture.SubmittedPictures;
import io.sandpiper.ingest.result.Results;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.TrainingCompleted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Puts together what is known of an answer. Nothing here blocks. */
@Component
public final class Lineages {

    private static final long MAX_JSON_BYTES = 16 << 20;

    private final SubmittedPictures pictures;
    private final ModelRegistryReader registry;
    private final Results results;
    private final ObjectStore store;
    private final Scheduler blockingCalls;

    Lineages(
            SubmittedPictures pictures,
            ModelRegistryReader ingestModelRegistry,
            Results results,
            ObjectStore store,
            Scheduler blockingCalls) {
        this.pictures = pictures;
        this.registry = ingestModelRegistry;
        this.results = results;
        this.store = store;
        this.blockingCalls = blockingCalls;
    }

    public Mono<Lineage> of(PredictionCompleted answer) {
        ModelRegistry.Model model = registry.current().models().get(answer.model());
        ModelVersion version = model == null || answer.modelVersion() == null
                ? null
                : model.versions().get(answer.modelVersion());
        ModelRegistry.Decision decision =
                model == null || version == null ? null : model.decisions().get(version.version());
        return Mono.zip(pictures.find(answer).singleOptional(), training(version), stored(version))
                .map(found -> lineage(
                        answer,
                        found.getT1().orElse(null),
                        version,
                        decision,
                        found.getT2().orElse(null),
                        found.getT3()));
    }

    /** What the object store has of a version. */
    private record Stored(
            @Nullable ModelManifest manifest,
            @Nullable EvaluationReport report,
            @Nullable String snapshotKey) {

        static final Stored NOTHING = new Stored(null, null, null);
    }

    private static Lineage lineage(
            PredictionCompleted answer,
            @Nullable ImageSubmitted image,
            @Nullable ModelVersion version,
            ModelRegistry.@Nullable Decision decision,
            @Nullable TrainingCompleted training,
            Stored stored) {
        List<Unknown> unknown = new ArrayList<>();
        note(unknown, image, "picture.sha256", "The picture's record is not in Kafka any more.");
        String noVersion = answer.modelVersion() == null
                ? "No network saw the picture."
                : "The registry does not know version %s.".formatted(answer.modelVersion());
        note(unknown, version, "version", noVersion);
        String digest = version == null ? null : version.datasetDigest();
        note(unknown, digest, "dataset", version == null ? noVersion : "Nobody said what the version learned from.");
        if (digest != null) {
            note(unknown, stored.snapshotKey(), "dataset.objectKey", "The data set was put together elsewhere.");
        }
        String job = version == null ? null : version.jobId();
        note(unknown, job, "training", version == null ? noVersion : "No training job of ours made the version.");
        note(unknown, stored.report(), "evaluation", version == null ? noVersion : "Nobody evaluated the version.");
        note(unknown, decision, "promotion", version == null ? noVersion : "The registry has no decision about it.");
        return new Lineage(
                answer.predictionId(),
                answer.state(),
                answer.label(),
                answer.probability(),
                answer.submittedAt(),
                answer.completedAt(),
                answer.worker(),
                Lineage.Picture.of(answer, image),
                version == null ? null : Lineage.Version.of(version, stored.manifest()),
                digest == null ? null : new Lineage.Dataset(digest, stored.snapshotKey()),
                job == null ? null : Lineage.Training.of(job, training),
                stored.report() == null ? null : Lineage.Evaluation.of(stored.report()),
                decision,
                unknown);
    }

    private static void note(List<Unknown> unknown, @Nullable Object part, String name, String why) {
        if (part == null) {
            unknown.add(new Unknown(name, why));
        }
    }

    private Mono<Optional<TrainingCompleted>> training(@Nullable ModelVersion version) {
        String job = version == null ? null : version.jobId();
        return job == null
                ? Mono.just(Optional.empty())
                : results.findTraining(job).ofType(TrainingCompleted.class).singleOptional();
    }

    private Mono<Stored> stored(@Nullable ModelVersion version) {
        return version == null
                ? Mono.just(Stored.NOTHING)
                : Mono.fromCallable(() -> new Stored(
                                read(version.manifestKey(), ModelManifest.class),
                                read(ObjectKeys.report(version.model(), version.version()), EvaluationReport.class),
                                snapshotKey(version)))
                        .subscribeOn(blockingCalls);
    }

    private <T> @Nullable T read(String key, Class<T> type) {
        return store.get(key, MAX_JSON_BYTES).map(json -> Json.read(json, type)).orElse(null);
    }

    private @Nullable String snapshotKey(ModelVersion version) {
        if (version.datasetDigest() == null) {
            return null;
        }
        String key = ObjectKeys.datasetSnapshot(version.model(), version.datasetDigest());
        return store.list(key).anyMatch(object -> object.key().equals(key)) ? key : null;
    }
}
