/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.objectstore;

import java.security.SecureRandom;

/** Secret keys that all instances of a service share. Whichever comes first makes them. */
public final class SharedKeys {

    private static final int KEY_BYTES = 32;

    private SharedKeys() {}

    /** The same 32 random bytes for every caller of that purpose. Blocks. */
    public static byte[] of(ObjectStore store, String purpose) {
        String name = ObjectKeys.shared(purpose);
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        if (store.putIfAbsent(name, key, "application/octet-stream")) {
            return key;
        }
        return store.get(name, KEY_BYTES)
                .orElseThrow(() -> new IllegalStateException("the object " + name + " is there and is not"));
    }
}
