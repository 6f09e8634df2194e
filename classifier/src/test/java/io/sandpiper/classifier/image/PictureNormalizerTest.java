/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.classifier.image.PictureNormalizer.Normalized;
import io.sandpiper.testsupport.DrawnDigits;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureNormalizerTest {

    private static final ImageLimits LIMITS = new ImageLimits(1 << 20, 10_000_000, 10_000);
    private final PictureNormalizer normalizer = new PictureNormalizer(LIMITS, 64);

    @Test
    void pixels_stayAsTheyAre() throws Exception {
        for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_3BYTE_BGR}) {
            byte[] png = DrawnDigits.encode(striped(40, 20, type), "png");

            Normalized kept = normalizer.normalize(png);

            assertThat(kept.width()).isEqualTo(40);
            assertThat(kept.height()).isEqualTo(20);
            ImageDecoder decoder = new ImageDecoder(LIMITS);
            assertThat(decoder.decode(kept.png(), 3, 20, 40).samples())
                    .isEqualTo(decoder.decode(png, 3, 20, 40).samples());
        }
    }

    @Test
    void samePixels_areTheSameBytes_whateverCarriedThem() throws Exception {
        BufferedImage picture = striped(32, 32, BufferedImage.TYPE_3BYTE_BGR);
        byte[] png = DrawnDigits.encode(picture, "png");
        byte[] bmp = DrawnDigits.encode(picture, "bmp");
        byte[] hiding = Arrays.copyOf(png, png.length + 200);
        System.arraycopy("PK\3\4 and a secret".getBytes(StandardCharsets.US_ASCII), 0, hiding, png.length, 10);

        assertThat(normalizer.normalize(bmp).png())
                .isEqualTo(normalizer.normalize(png).png());
        assertThat(normalizer.normalize(hiding).png())
                .isEqualTo(normalizer.normalize(png).png());
    }

    @Test
    void exif_isAppliedAndGone() throws Exception {
        byte[] jpeg = DrawnDigits.encode(striped(40, 20, BufferedImage.TYPE_3BYTE_BGR), "jpeg");
        byte[] turned = withOrientation(jpeg, 6);

        Normalized kept = normalizer.normalize(turned);

        assertThat(kept.width()).isEqualTo(20);
        assertThat(kept.height()).isEqualTo(40);
        assertThat(new String(kept.png(), StandardCharsets.ISO_8859_1)).doesNotContain("Exif");
    }

    @Test
    void largePicture_isMadeSmaller_inItsProportions() throws Exception {
        Normalized kept =
                normalizer.normalize(DrawnDigits.encode(striped(1000, 250, BufferedImage.TYPE_3BYTE_BGR), "png"));

        assertThat(kept.width()).isEqualTo(64);
        assertThat(kept.height()).isEqualTo(16);
        assertThat(ImageIO.read(new ByteArrayInputStream(kept.png())).getWidth())
                .isEqualTo(64);
    }

    @Test
    void figures_areThoseOfThePixels() throws Exception {
        BufferedImage half = new BufferedImage(10, 10, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 100; i++) {
            half.getRaster().setSample(i % 10, i / 10, 0, i < 50 ? 0 : 255);
        }

        var figures = normalizer.normalize(DrawnDigits.encode(half, "png")).figures();

        assertThat(figures.brightness()).isEqualTo(127.5);
        assertThat(figures.contrast()).isEqualTo(127.5);
        assertThat(figures.intensity()).hasSize(16).startsWith(500, 0).endsWith(0, 500);
    }

    private static BufferedImage striped(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D g = image.createGraphics();
        for (int x = 0; x < width; x++) {
            g.setColor(new Color(x * 255 / width, 255 - x * 255 / width, x % 2 * 200));
            g.drawLine(x, 0, x, height);
        }
        g.dispose();
        return image;
    }

    /** An APP1 segment of one entry behind the start of the file. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(new byte[] {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        });
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }
}
