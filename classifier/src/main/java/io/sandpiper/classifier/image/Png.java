/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Writes pixels down. Thread-safe. */
public final class Png {

    private Png() {}

    /** As {@link #encode}, but smaller, in its proportions, when a side is longer than {@code maxSide} pixels. */
    public static byte[] thumbnail(Pixels pixels, int maxSide) {
        return encode(Resampler.within(pixels, maxSide));
    }

    /** Grey with one channel, in colours with three. */
    public static byte[] encode(Pixels pixels) {
        int channels = pixels.channels();
        BufferedImage image = new BufferedImage(
                pixels.width(),
                pixels.height(),
                channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        byte[] interleaved = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int plane = pixels.width() * pixels.height();
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < plane; i++) {
                interleaved[i * channels + channels - 1 - c] = pixels.samples()[c * plane + i];
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
