/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.testsupport.DrawnDigits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 32;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "1, true",
        "2, true",
        "3, true",
        "4, true",
        "5, true",
        "6, true",
        "7, true",
        "8, true",
        "6, false",
        "8, false"
    })
    void picture_isSeenUprightHoweverTheCameraWasHeld(int orientation, boolean bigEndian)
            throws ImageRejectedException {
        byte[] jpeg = withExif(DrawnDigits.encode(stored(orientation), "jpg"), orientation, bigEndian);

        byte[] samples = decoder.decode(jpeg, 1, 2, 4).samples();

        // Four columns of two rows, darker to the right and below: as in visual().
        for (int i = 0; i < samples.length; i++) {
            assertThat(samples[i] & 0xff)
                    .isCloseTo(visual(i % 4 * 16 + 8, i / 4 * 16 + 8), org.assertj.core.data.Offset.offset(12));
        }
    }

    @Test
    void nonsense_isUpright() {
        byte[] jpeg = DrawnDigits.jpeg(2, 2);
        for (int cut = 0; cut < 60; cut++) {
            byte[] exif = withExif(jpeg, 6, true);
            byte[] part = Arrays.copyOf(exif, cut);
            assertThat(Orientation.of(part, ImageFormat.JPEG)).isIn(1, 6);
        }
        assertThat(Orientation.of(withExif(jpeg, 9, true), ImageFormat.JPEG)).isEqualTo(1);
        assertThat(Orientation.of(withExif(jpeg, 0, false), ImageFormat.JPEG)).isEqualTo(1);
        assertThat(Orientation.of(jpeg, ImageFormat.JPEG)).isEqualTo(1);
        assertThat(Orientation.of(DrawnDigits.png(2, 2), ImageFormat.PNG)).isEqualTo(1);
    }

    private static int visual(int x, int y) {
        return 250 - x / 16 * 50 - y / 16 * 25;
    }

    /** EXIF 2.32, section 4.6.4: where the stored 0th row and 0th column are to be seen. */
    private static BufferedImage stored(int orientation) {
        boolean swapped = orientation >= 5;
        BufferedImage image =
                new BufferedImage(swapped ? HEIGHT : WIDTH, swapped ? WIDTH : HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < image.getHeight(); row++) {
            for (int column = 0; column < image.getWidth(); column++) {
                int x = switch (orientation) {
                    case 1, 4 -> column;
                    case 2, 3 -> WIDTH - 1 - column;
                    case 5, 8 -> row;
                    default -> WIDTH - 1 - row;
                };
                int y = switch (orientation) {
                    case 1, 2 -> row;
                    case 3, 4 -> HEIGHT - 1 - row;
                    case 5, 6 -> column;
                    default -> HEIGHT - 1 - column;
                };
                image.getRaster().setSample(column, row, 0, visual(x, y));
            }
        }
        return image;
    }

    /** Puts an EXIF segment with one entry right after the start of the picture. */
    private static byte[] withExif(byte[] jpeg, int orientation, boolean bigEndian) {
        ByteBuffer exif = ByteBuffer.allocate(36);
        exif.putShort((short) 0xffe1).putShort((short) 34);
        exif.put(new byte[] {'E', 'x', 'i', 'f', 0, 0});
        exif.put((bigEndian ? "MM" : "II").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        exif.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        exif.putShort((short) 42).putInt(8).putShort((short) 1);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putInt(0);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(jpeg, 0, 2);
        whole.write(exif.array(), 0, 36);
        whole.write(jpeg, 2, jpeg.length - 2);
        return whole.toByteArray();
    }
}
