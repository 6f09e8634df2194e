/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.model;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.archive.ModelSignatures;
import io.sandpiper.inference.InferenceProperties;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.schemas.ModelVersion;
import java.io.IOException;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Versions as they lie in the object store. Every call blocks; any thread may call. */
@Component
public final class StoredVersions {

    private final ObjectStore store;
    private final @Nullable PublicKey verifyKey;

    StoredVersions(ObjectStore store, InferenceProperties properties) throws IOException {
        this.store = store;
        this.verifyKey = properties.verifyKey() == null ? null : ModelSignatures.publicKey(properties.verifyKey());
    }

    /**
     * The archive, checked down to its last byte, and where there is a key, that it was signed with it.
     *
     * @throws InvalidArchiveException when a check fails
     * @throws io.sandpiper.objectstore.ObjectStoreException when the store cannot be reached
     */
    public ModelArchive load(ModelVersion version) throws IOException, InvalidArchiveException {
        if (verifyKey != null) {
            ModelSignatures.verify(version, verifyKey);
        }
        return ModelArchive.load(
                version,
                (name, maxBytes) ->
                        store.get(ObjectKeys.archivePart(version.model(), version.version(), name), maxBytes));
    }
}
