/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import io.sandpiper.schemas.ApiKeyChanged.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a request is made.
 *
 * @param name keys of one holder see the same predictions; empty where no keys are configured
 * @param keyId absent where no keys are configured
 */
public record Holder(
        String name,
        @Nullable String keyId,
        Set<Scope> scopes,
        @Nullable Integer imagesPerSecond) {

    /** Whoever sits at this machine, as long as there are no keys. */
    public static final Holder LOCAL = new Holder("", null, Set.of(Scope.ADMIN), null);

    public Holder {
        scopes = Set.copyOf(scopes);
    }

    /** For people who read later whose wish something was. */
    public String nameInWords() {
        return name.isEmpty() ? "whoever sits at this machine" : name;
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
    }

    /** Whose predictions it may see; null for everybody's. */
    public @Nullable String seesOnly() {
        return may(Scope.ADMIN) ? null : name;
    }
}
