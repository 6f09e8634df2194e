/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

import static io.sandpiper.classifier.image.ImageRejectedException.Code.CORRUPT_IMAGE;
import static io.sandpiper.classifier.image.ImageRejectedException.Code.TRUNCATED_IMAGE;
import static io.sandpiper.classifier.image.ImageRejectedException.Code.UNSUPPORTED_IMAGE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * Looks at how a file is put together before a decoder does, in one pass over its bytes. The JDK's GIF reader copies all
 * of a comment again for each of its blocks, and its JPEG reader goes over the whole picture again for each scan: a small
 * file can keep either busy for hours.
 */
final class Structure {

    /** Bytes of GIF extensions before the first frame. Real ones have a few hundred. */
    private static final int MAX_EXTENSION_BYTES = 64 * 1024;
    /** Scans of a progressive JPEG. Encoders make about ten. */
    private static final int MAX_SCANS = 100;

    private static final int GIF_HEADER = 13;
    private static final int GIF_EXTENSION = 0x21;
    private static final int JPEG_MARKER = 0xff;
    private static final int JPEG_START_OF_SCAN = 0xda;
    /** Baseline, extended and progressive, with Huffman coding. */
    private static final Set<Integer> READABLE_FRAMES = Set.of(0xc0, 0xc1, 0xc2);
    /** Markers among those of frames that begin none: Huffman tables, an extension, arithmetic conditioning. */
    private static final Set<Integer> NO_FRAMES = Set.of(0xc4, 0xc8, 0xcc);

    private Structure() {}

    static void check(byte[] image, ImageFormat format) throws ImageRejectedException {
        if (format == ImageFormat.GIF && extensionBytes(image) > MAX_EXTENSION_BYTES) {
            throw new ImageRejectedException(
                    CORRUPT_IMAGE,
                    "The GIF has more than %d bytes before its first frame.".formatted(MAX_EXTENSION_BYTES));
        }
        if (format == ImageFormat.JPEG) {
            checkJpeg(image);
        }
        if (format == ImageFormat.WEBP && riffLength(image) > image.length) {
            throw new ImageRejectedException(TRUNCATED_IMAGE, "The picture ends too early. Send the whole file.");
        }
    }

    private static void checkJpeg(byte[] image) throws ImageRejectedException {
        if (scans(image) > MAX_SCANS) {
            throw new ImageRejectedException(CORRUPT_IMAGE, "The JPEG has more than %d scans.".formatted(MAX_SCANS));
        }
        int frame = startOfFrame(image);
        if (frame > 0 && (!READABLE_FRAMES.contains(image[frame + 1] & 0xff) || image[frame + 4] != 8)) {
            throw new ImageRejectedException(
                    UNSUPPORTED_IMAGE,
                    "The JPEG is lossless, arithmetically coded, or has more than 8 bits a sample. Send a baseline one.");
        }
    }

    /** Where the marker of the frame header lies, by walking over the segments before it; 0 when there is none. */
    private static int startOfFrame(byte[] jpeg) {
        int at = 2;
        while (at + 4 < jpeg.length && (jpeg[at] & 0xff) == JPEG_MARKER) {
            int marker = jpeg[at + 1] & 0xff;
            if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.contains(marker)) {
                return at;
            }
            int length = ((jpeg[at + 2] & 0xff) << 8) | (jpeg[at + 3] & 0xff);
            at += marker == JPEG_MARKER ? 1 : 2 + Math.max(2, length);
        }
        return 0;
    }

    /** A RIFF file says how long it is behind its first word, little end first. */
    private static long riffLength(byte[] riff) {
        return 8
                + Integer.toUnsignedLong(
                        ByteBuffer.wrap(riff).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
    }

    /** Section 24 and following of the GIF89a specification: introducer, label, then blocks until an empty one. */
    private static int extensionBytes(byte[] gif) {
        if (gif.length < GIF_HEADER) {
            return 0;
        }
        int flags = gif[10] & 0xff;
        int start = GIF_HEADER + ((flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0);
        int at = start;
        while (at + 2 < gif.length && (gif[at] & 0xff) == GIF_EXTENSION) {
            at += 2;
            while (at < gif.length && gif[at] != 0) {
                at += 1 + (gif[at] & 0xff);
            }
            at++;
        }
        return Math.min(at, gif.length) - Math.min(start, gif.length);
    }

    /** Within coded data 0xff is always followed by 0, so every 0xff 0xda is a marker, or lies in a thumbnail. */
    private static int scans(byte[] jpeg) {
        int scans = 0;
        for (int i = 1; i < jpeg.length; i++) {
            if ((jpeg[i] & 0xff) == JPEG_START_OF_SCAN && (jpeg[i - 1] & 0xff) == JPEG_MARKER) {
                scans++;
            }
        }
        return scans;
    }
}
