/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The archive of a version, as it lies in the object store. */
final class StoredArchive {

    private StoredArchive() {}

    /** All its files by name, whatever archives are made of by now. */
    static Map<String, byte[]> files(ObjectStore store, String model, String version) {
        String folder = ObjectKeys.archivePart(model, version, "");
        List<String> keys = store.list(folder).map(object -> object.key()).toList();
        Map<String, byte[]> files = new LinkedHashMap<>();
        keys.forEach(key -> files.put(
                key.substring(folder.length()),
                store.get(key, ModelArchive.MAX_PART_BYTES).orElseThrow()));
        return files;
    }
}
