/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.schemas.DatasetCheck;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.DatasetLoader;
import io.sandpiper.training.dataset.DatasetSnapshot;
import io.sandpiper.training.dataset.FetchedPictures;
import io.sandpiper.training.dataset.UnusableDatasetException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Between the labelled pictures and a training: looks them through, takes out what does harm, and keeps the rest as the
 * snapshot that is trained on, with a report beside it.
 */
@Component
public final class DatasetFirewall {

    private static final Logger LOG = LoggerFactory.getLogger(DatasetFirewall.class);
    private static final long MAX_CHECK_BYTES = 16 << 20;

    private final DatasetLoader datasets;
    private final ObjectStore store;
    private final TrainingProperties.Firewall settings;

    DatasetFirewall(DatasetLoader datasets, ObjectStore store, TrainingProperties properties) {
        this.datasets = datasets;
        this.store = store;
        this.settings = properties.firewall();
    }

    /**
     * What may be learned from.
     *
     * @param warnings what was found, a sentence each
     */
    public record Checked(Dataset dataset, List<String> warnings) {

        public Checked {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Loads a model's pictures and looks them through. Blocks until that is done.
     *
     * @param champion the version that serves, asked on this thread: its features help to find wrong labels; null: there
     *     is none
     * @param loading told how many pictures are loaded so far, on the calling thread
     * @param checking told once when all are loaded, on the calling thread
     * @throws UnusableDatasetException when nothing can be learned from them
     */
    public Checked load(
            String model,
            ModelManifest.Input input,
            @Nullable Classifier champion,
            IntConsumer loading,
            IntConsumer checking)
            throws UnusableDatasetException, InterruptedException {
        DatasetSnapshot snapshot = datasets.snapshot(model);
        FetchedPictures pictures = datasets.fetch(snapshot, input, loading);
        checking.accept(pictures.usable().size());
        Inspection inspection = new Inspection(snapshot, pictures, settings);
        try {
            inspection.run(champion);
            DatasetSnapshot left = inspection.findings().left();
            Dataset dataset = Dataset.of(left, pictures.usable());
            DatasetCheck check = inspection.findings().check(left);
            put(check);
            datasets.keep(left);
            check.sentences().forEach(sentence -> LOG.info("Data set of {}: {}", model, sentence));
            return new Checked(dataset, check.sentences());
        } catch (UnusableDatasetException e) {
            put(inspection.findings().check(snapshot));
            throw e;
        }
    }

    /** As {@link #load} left it, without looking again. */
    public Checked loadAgain(String model, String digest, ModelManifest.Input input, IntConsumer loading)
            throws UnusableDatasetException, InterruptedException {
        Dataset dataset = datasets.loadAgain(model, digest, input, loading);
        return new Checked(
                dataset, find(model, digest).map(DatasetCheck::sentences).orElse(List.of()));
    }

    /** How many labelled pictures are there that a version has neither learned from nor was kept from on purpose. */
    public long unseen(String model, @Nullable String digest) {
        long takenOut = digest == null
                ? 0
                : find(model, digest).map(DatasetCheck::takenOut).orElse(0L);
        return Math.max(0, datasets.unseen(model, digest) - takenOut);
    }

    private Optional<DatasetCheck> find(String model, String digest) {
        return store.get(ObjectKeys.datasetCheck(model, digest), MAX_CHECK_BYTES)
                .map(json -> Json.read(json, DatasetCheck.class));
    }

    private void put(DatasetCheck check) {
        store.put(ObjectKeys.datasetCheck(check.model(), check.digest()), Json.write(check), "application/json");
    }
}
