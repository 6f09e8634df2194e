/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.classifier.image.ImageRejectedException.Code;
import io.sandpiper.testsupport.DrawnDigits;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void picture_ofEachFormat_givesItsColours(String format) throws ImageRejectedException {
        Pixels pixels = decoder.decode(DrawnDigits.encode(plain(60, 40, new Color(200, 100, 40)), format), 3, 4, 5);

        assertThat(pixels.samples()).hasSize(3 * 4 * 5);
        assertThat(pixels.samples()[0] & 0xff).isBetween(195, 205);
        assertThat(pixels.samples()[20] & 0xff).isBetween(95, 105);
        assertThat(pixels.samples()[40] & 0xff).isBetween(35, 45);
    }

    @Test
    void greyPicture_keepsItsValues() throws ImageRejectedException {
        BufferedImage grey = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((java.awt.image.DataBufferByte) grey.getRaster().getDataBuffer()).getData(), (byte) 128);

        Pixels pixels = decoder.decode(DrawnDigits.encode(grey, "png"), 1, 28, 28);

        assertThat(pixels.samples()).containsOnly((byte) 128);
    }

    @Test
    void greyPicture_asColour_keepsItsValues() throws ImageRejectedException {
        BufferedImage grey = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((java.awt.image.DataBufferByte) grey.getRaster().getDataBuffer()).getData(), (byte) 128);

        Pixels pixels = decoder.decode(DrawnDigits.encode(grey, "png"), 3, 28, 28);

        assertThat(pixels.samples()).containsOnly((byte) 128);
    }

    @Test
    void greyOf16Bits_keepsItsValues() throws ImageRejectedException {
        BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < 64; i++) {
            grey.getRaster().setSample(i % 8, i / 8, 0, 128 * 257);
        }

        assertThat(decoder.decode(DrawnDigits.encode(grey, "png"), 1, 8, 8).samples())
                .containsOnly((byte) 128);
        assertThat(decoder.decode(DrawnDigits.encode(grey, "png"), 3, 8, 8).samples())
                .containsOnly((byte) 128);
    }

    @Test
    void transparentPicture_isOnWhite() throws ImageRejectedException {
        BufferedImage nothing = new BufferedImage(10, 10, BufferedImage.TYPE_INT_ARGB);

        assertThat(decoder.decode(DrawnDigits.encode(nothing, "png"), 1, 10, 10).samples())
                .containsOnly((byte) 255);
    }

    @Test
    void largePicture_isAveragedDown() throws ImageRejectedException {
        BufferedImage half = new BufferedImage(800, 800, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = half.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, 400, 800);
        g.dispose();

        byte[] samples =
                decoder.decode(DrawnDigits.encode(half, "png"), 1, 2, 2).samples();

        assertThat(samples[0] & 0xff).isGreaterThan(200);
        assertThat(samples[1] & 0xff).isLessThan(55);
    }

    @Test
    void header_isReadWithoutDecoding() throws ImageRejectedException {
        assertThat(decoder.inspect(DrawnDigits.png(3, 1))).isEqualTo(new ImageHeader(ImageFormat.PNG, 28, 28));
    }

    @Test
    void emptyTextOrSvg_isNotAnImage() {
        rejected(Code.EMPTY_IMAGE, () -> decoder.inspect(new byte[0]));
        rejected(Code.NOT_AN_IMAGE, () -> decoder.inspect("hello".getBytes(StandardCharsets.UTF_8)));
        rejected(Code.NOT_AN_IMAGE, () -> decoder.inspect("<svg/>".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void bombs_areRefusedByTheirHeader() {
        byte[] gif = HexFormat.of().parseHex("474946383961ffffff7f800000000000ffffff2c00000000ffffff7f00020101003b");
        rejected(Code.IMAGE_TOO_LARGE, () -> decoder.inspect(gif));
        rejected(Code.IMAGE_TOO_LARGE, () -> decoder.decode(gif, 1, 28, 28));
    }

    @Test
    void gifWithAnEndlessComment_isRefusedBeforeItIsRead() {
        byte[] gif = DrawnDigits.encode(plain(4, 4, Color.RED), "gif");
        int palette = 13 + (3 << ((gif[10] & 7) + 1));
        byte[] bomb = new byte[gif.length + 2_000_003];
        System.arraycopy(gif, 0, bomb, 0, palette);
        bomb[palette] = 0x21;
        bomb[palette + 1] = (byte) 0xfe;
        Arrays.fill(bomb, palette + 2, palette + 2_000_002, (byte) 1);
        System.arraycopy(gif, palette, bomb, palette + 2_000_003, gif.length - palette);

        rejected(Code.CORRUPT_IMAGE, () -> decoder.inspect(bomb));
        rejected(Code.CORRUPT_IMAGE, () -> decoder.decode(bomb, 1, 28, 28));
    }

    @Test
    void jpegWithThousandsOfScans_isRefusedBeforeItIsRead() {
        byte[] jpeg = DrawnDigits.jpeg(3, 3);
        byte[] bomb = Arrays.copyOf(jpeg, jpeg.length + 4_000);
        for (int i = jpeg.length; i < bomb.length; i += 2) {
            bomb[i] = (byte) 0xff;
            bomb[i + 1] = (byte) 0xda;
        }

        rejected(Code.CORRUPT_IMAGE, () -> decoder.inspect(bomb));
    }

    @Test
    void pictureOverTheLimits_isRefused() {
        ImageDecoder strict = new ImageDecoder(new ImageLimits(10_000, 500, 1_000));
        rejected(Code.IMAGE_TOO_LARGE, () -> strict.inspect(DrawnDigits.png(3, 1)));
        rejected(Code.IMAGE_TOO_LARGE, () -> strict.inspect(new byte[10_001]));
    }

    @Test
    void truncatedJpeg_isNeverDecoded() {
        byte[] whole = DrawnDigits.jpeg(5, 2);
        for (int percent = 1; percent <= 99; percent++) {
            byte[] part = Arrays.copyOf(whole, whole.length * percent / 100);

            assertThatThrownBy(() -> decoder.decode(part, 1, 28, 28))
                    .as("%d %%", percent)
                    .isInstanceOf(ImageRejectedException.class);
        }
    }

    @Test
    void decoder_afterABadPicture_stillWorks() throws ImageRejectedException {
        byte[] png = DrawnDigits.png(5, 2);
        rejected(Code.CORRUPT_IMAGE, () -> decoder.decode(Arrays.copyOf(png, 40), 1, 28, 28));

        assertThat(decoder.decode(png, 1, 28, 28).samples()).hasSize(784);
    }

    private static void rejected(Code code, ThrowingCallable decoding) {
        assertThatThrownBy(decoding)
                .isInstanceOfSatisfying(
                        ImageRejectedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static BufferedImage plain(int width, int height, Color colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = image.createGraphics();
        g.setColor(colour);
        g.fillRect(0, 0, width, height);
        g.dispose();
        return image;
    }
}
