/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes PNG files of bare pixels, in memory. Belongs to one thread. */
final class Png {

    private final ImageWriter writer =
            ImageIO.getImageWritersByFormatName("png").next();

    /** @param pixels rows from the top, a byte each: 0 is black */
    byte[] grey(byte[] pixels, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        System.arraycopy(pixels, 0, samples(image), 0, width * height);
        return write(image);
    }

    /** @param planes from {@code from} on: all of red, of green, of blue, each in rows from the top */
    byte[] rgb(byte[] planes, int from, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] samples = samples(image);
        int plane = width * height;
        for (int i = 0; i < plane; i++) {
            samples[3 * i] = planes[from + 2 * plane + i];
            samples[3 * i + 1] = planes[from + plane + i];
            samples[3 * i + 2] = planes[from + i];
        }
        return write(image);
    }

    private static byte[] samples(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    private byte[] write(BufferedImage image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
            writer.setOutput(out);
            writer.write(image);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes what is written to it", e);
        } finally {
            writer.reset();
        }
        return png.toByteArray();
    }
}
