/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.publish;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.ServingProfile;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Versions that lie in the object store. One that cannot be read is a reason to train, not one to give up. */
@Component
public final class StoredModels {

    private static final Logger LOG = LoggerFactory.getLogger(StoredModels.class);

    private static final long MAX_PROFILE_BYTES = 16 << 20;

    private final ObjectStore store;

    StoredModels(ObjectStore store) {
        this.store = store;
    }

    /** Empty, with a line in the log, when it cannot be read. */
    public Optional<ModelManifest> manifest(ModelVersion version) {
        try {
            return Optional.of(ModelArchive.loadManifest(version, source(version)));
        } catch (InvalidArchiveException | IOException e) {
            LOG.error("The manifest of {} {} cannot be read", version.model(), version.version(), e);
            return Optional.empty();
        }
    }

    /** All of it; empty, with a line in the log, when it cannot be read. */
    public Optional<ModelArchive> archive(ModelVersion version) {
        try {
            return Optional.of(ModelArchive.load(version, source(version)));
        } catch (InvalidArchiveException | IOException e) {
            LOG.error("The archive of {} {} cannot be read", version.model(), version.version(), e);
            return Optional.empty();
        }
    }

    /** As it serves; empty, with a line in the log, when it cannot. */
    public Optional<Classifier> open(ModelVersion version) {
        try {
            return Optional.of(ModelArchive.load(version, source(version)).open());
        } catch (InvalidArchiveException | IOException e) {
            LOG.error("{} {} cannot be opened", version.model(), version.version(), e);
            return Optional.empty();
        }
    }

    /**
     * What it made of held-out pictures: when it was judged, or else when it was evaluated anew last. Empty where nobody
     * looked, or when it cannot be used.
     *
     * @throws IOException when the object store does not answer
     */
    public Optional<ServingProfile> profile(ModelVersion version) throws IOException {
        try {
            Optional<byte[]> judged = ModelArchive.loadPart(version, ModelArchive.PROFILE, source(version));
            return judged.or(() -> store.get(
                            ObjectKeys.evaluatedProfile(version.model(), version.version()), MAX_PROFILE_BYTES))
                    .map(json -> Json.read(json, ServingProfile.class));
        } catch (InvalidArchiveException | MalformedMessageException e) {
            LOG.error("The profile of {} {} cannot be used", version.model(), version.version(), e);
            return Optional.empty();
        }
    }

    private ModelArchive.Source source(ModelVersion version) {
        return (name, maxBytes) ->
                store.get(ObjectKeys.archivePart(version.model(), version.version(), name), maxBytes);
    }
}
