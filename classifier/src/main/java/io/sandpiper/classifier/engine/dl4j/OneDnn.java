/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j;

/**
 * Switches on the oneDNN helpers of DL4J's layers: off by default in M2.1, and several times slower without. To be
 * called before a network is made; later it has no effect on that network.
 *
 * @see org.nd4j.nativeblas.Nd4jCpu$Environment
 */
public final class OneDnn {

    private static final String DISABLE_HELPERS = "org.eclipse.deeplearning4j.helpers.disable";

    private OneDnn() {}

    /** Leaves the property alone where somebody set it. */
    public static void enable() {
        if (System.getProperty(DISABLE_HELPERS) == null) {
            System.setProperty(DISABLE_HELPERS, "false");
        }
    }
}
