/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j.export;

/** The network has a layer that cannot be written as ONNX. The message names it. */
public final class UnsupportedLayerException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsupportedLayerException(String layer, String what) {
        super("the layer %s (%s) cannot be written as ONNX".formatted(layer, what));
    }
}
