/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

/**
 * How a camera was held: EXIF tag 0x0112, read from a JPEG without reading anything else of its metadata. The values are
 * those of the EXIF specification (2.32, section 4.6.4): from 5 on, rows and columns change places.
 */
final class Orientation {

    static final int UPRIGHT = 1;

    private static final int TAG = 0x0112;
    private static final int MAX_ENTRIES = 512;
    private static final int APP1 = 0xe1;
    private static final int START_OF_SCAN = 0xda;
    /** "Exif" and two zeros. */
    private static final int EXIF_HEADER = 6;

    private static final int TIFF_HEADER = 8;
    private static final int ENTRY = 12;

    private Orientation() {}

    /** 1 to 8; upright when the file says nothing, or nothing sensible. Never fails, and takes one short pass. */
    static int of(byte[] image, ImageFormat format) {
        if (format != ImageFormat.JPEG) {
            return UPRIGHT;
        }
        int at = 2;
        while (at + 4 <= image.length && u8(image, at) == 0xff && u8(image, at + 1) != START_OF_SCAN) {
            int length = u16(image, at + 2, true);
            if (u8(image, at + 1) == APP1 && isExif(image, at + 4)) {
                return fromTiff(image, at + 4 + EXIF_HEADER, Math.min(image.length, at + 2 + length));
            }
            at += 2 + Math.max(2, length);
        }
        return UPRIGHT;
    }

    /** The picture as it was meant to be seen. */
    static Pixels upright(Pixels in, int orientation) {
        if (orientation == UPRIGHT) {
            return in;
        }
        boolean swapped = swapsSides(orientation);
        int height = swapped ? in.width() : in.height();
        int width = swapped ? in.height() : in.width();
        byte[] out = new byte[in.samples().length];
        int at = 0;
        for (int c = 0; c < in.channels(); c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    out[at++] = in.samples()[
                            (c * in.height() + row(in, orientation, x, y)) * in.width()
                                    + column(in, orientation, x, y)];
                }
            }
        }
        return new Pixels(in.channels(), height, width, out);
    }

    static boolean swapsSides(int orientation) {
        return orientation >= 5;
    }

    private static int row(Pixels in, int orientation, int x, int y) {
        return switch (orientation) {
            case 3, 4 -> in.height() - 1 - y;
            case 5, 8 -> x;
            case 6, 7 -> in.height() - 1 - x;
            default -> y;
        };
    }

    private static int column(Pixels in, int orientation, int x, int y) {
        return switch (orientation) {
            case 2, 3 -> in.width() - 1 - x;
            case 5, 6 -> y;
            case 7, 8 -> in.width() - 1 - y;
            default -> x;
        };
    }

    private static boolean isExif(byte[] image, int at) {
        return at + EXIF_HEADER <= image.length
                && image[at] == 'E'
                && image[at + 1] == 'x'
                && image[at + 2] == 'i'
                && image[at + 3] == 'f';
    }

    /** Only the first directory is looked at, and nothing that lies outside of the segment. */
    private static int fromTiff(byte[] image, int tiff, int end) {
        if (tiff + TIFF_HEADER > end) {
            return UPRIGHT;
        }
        boolean bigEndian = image[tiff] == 'M';
        long directory = tiff + u32(image, tiff + 4, bigEndian);
        if (directory + 2 > end) {
            return UPRIGHT;
        }
        int entries = Math.min(MAX_ENTRIES, u16(image, (int) directory, bigEndian));
        for (int i = 0; i < entries; i++) {
            int entry = (int) directory + 2 + i * ENTRY;
            if (entry + ENTRY > end) {
                return UPRIGHT;
            }
            if (u16(image, entry, bigEndian) == TAG) {
                int value = u16(image, entry + 8, bigEndian);
                return value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    private static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    private static int u16(byte[] bytes, int at, boolean bigEndian) {
        return bigEndian ? u8(bytes, at) << 8 | u8(bytes, at + 1) : u8(bytes, at + 1) << 8 | u8(bytes, at);
    }

    private static long u32(byte[] bytes, int at, boolean bigEndian) {
        long first = u16(bytes, at, bigEndian);
        long second = u16(bytes, at + 2, bigEndian);
        return bigEndian ? first << 16 | second : second << 16 | first;
    }
}
