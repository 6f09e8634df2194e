/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.PredictionCompleted.Source;

/** A picture, and where it lay. */
record SourcedImage(ImageSubmitted image, Source source) {

    /** The same, with the picture that its claim stands for. */
    SourcedImage with(byte[] picture) {
        return new SourcedImage(image.withPicture(picture), source);
    }
}
