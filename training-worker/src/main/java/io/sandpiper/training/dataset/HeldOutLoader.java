/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import io.sandpiper.training.dataset.HeldOut.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Brings the held-out pictures of a model into memory, as they are now, and keeps the snapshot of them. */
@Component
public final class HeldOutLoader {

    private final DatasetLoader datasets;

    HeldOutLoader(DatasetLoader datasets) {
        this.datasets = datasets;
    }

    /**
     * Those that the version can be evaluated on. Blocks until they are there.
     *
     * @param input what the version sees
     * @param progress told how many pictures are loaded so far, on the calling thread
     * @throws UnusableDatasetException when there are none, or more than may be
     */
    public HeldOut load(ModelVersion version, ModelManifest.Input input, IntConsumer progress)
            throws UnusableDatasetException, InterruptedException {
        String model = version.model();
        String learnedFrom = version.datasetDigest();
        Selection selection = HeldOut.select(
                datasets.current(model),
                version,
                learnedFrom == null ? null : datasets.find(model, learnedFrom).orElse(null));
        datasets.requireAllowed(selection.snapshot());
        FetchedPictures pictures = datasets.fetch(selection.snapshot(), input, progress);
        if (pictures.usable().isEmpty()) {
            throw new UnusableDatasetException(
                    "None of the %d held-out pictures of %s can be read; the training worker's log says why. Upload them again."
                            .formatted(pictures.unusable().size(), model));
        }
        List<String> warnings = new ArrayList<>(selection.warnings());
        if (!pictures.unusable().isEmpty()) {
            warnings.add("%d of %d held-out pictures are missing or cannot be decoded: left out."
                    .formatted(
                            pictures.unusable().size(),
                            selection.snapshot().entries().size()));
        }
        Set<String> broken =
                pictures.unusable().stream().map(u -> u.entry().sha256()).collect(Collectors.toSet());
        DatasetSnapshot left = selection.snapshot().without(broken);
        datasets.keep(left);
        return new HeldOut(
                left.digest(),
                version.labels(),
                Dataset.samples(pictures.usable(), version.labels(), Part.TEST),
                warnings);
    }
}
