/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.nd4j.nativeblas;

import org.jspecify.annotations.NullMarked;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where DL4J M2.1 looks, by this name and by reflection, to learn whether its oneDNN layer helpers may be used. ND4J
 * M2.1 moved the class elsewhere; without this one every layer silently takes the path that is ten times slower.
 */
@NullMarked
@SuppressWarnings({"checkstyle:TypeName", "TypeNameDollar"})
public final class Nd4jCpu$Environment {

    private static final Nd4jCpu$Environment INSTANCE = new Nd4jCpu$Environment();

    private Nd4jCpu$Environment() {}

    public static Nd4jCpu$Environment getInstance() {
        return INSTANCE;
    }

    public boolean isUseMKLDNN() {
        return Nd4j.getEnvironment().helpersAllowed();
    }
}
