/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

/** What a picture says of itself before anything is decoded. Width and height in pixels. */
public record ImageHeader(ImageFormat format, int width, int height) {}
