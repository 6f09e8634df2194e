/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.util.Locale;

/** How it was found out which parts of a picture speak for a class. */
public enum ExplanationMethod {
    /** Class activation map, exact for networks that end in a global average and one dense layer (Zhou et al. 2016). */
    CAM,
    /** Gradients of the class at the last feature maps (Selvaraju et al. 2017). */
    GRAD_CAM,
    /** What becomes of the class when a part of the picture is covered (Zeiler and Fergus 2014). */
    OCCLUSION;

    /** Stable, as it appears in headers: {@code grad-cam}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
