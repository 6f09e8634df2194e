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
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** Eight pixels a side, plain; the JDK cannot write the format. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "524946461e000000574542505650384c110000002f07c001000750b22217a5ff8188e87f0000",
                "524946463e0000005745425056503820320000001002009d012a0800080000800825a00274ba01f801fa0003c800fee78bfffda3dc1b50c7ff68fbffef74af486a8bfef64800"
            })
    void webp_losslessOrLossy_givesItsColours(String hex) throws ImageRejectedException {
        byte[] webp = HexFormat.of().parseHex(hex);

        Pixels pixels = decoder.decode(webp, 3, 4, 4);

        assertThat(decoder.inspect(webp)).isEqualTo(new ImageHeader(ImageFormat.WEBP, 8, 8));
        assertThat(pixels.samples()[0] & 0xff).isBetween(194, 206);
        assertThat(pixels.samples()[16] & 0xff).isBetween(94, 106);
        assertThat(pixels.samples()[32] & 0xff).isBetween(34, 46);
    }

    @ParameterizedTest
    @CsvSource({"0, 55 155 215 0", "2, 55 155 215 0", "0, 28 78 108 128"})
    void jpegOfPrintersInks_givesTheColoursOfItsTwin(int transform, String inks) throws Exception {
        int[] cmyk = Arrays.stream(inks.split(" ")).mapToInt(Integer::parseInt).toArray();

        Pixels pixels = decoder.decode(inkJpeg(cmyk, transform), 3, 4, 4);

        for (int c = 0; c < 3; c++) {
            int expected = (255 - cmyk[c]) * (255 - cmyk[3]) / 255;
            assertThat(pixels.samples()[16 * c] & 0xff).isBetween(expected - 4, expected + 4);
        }
    }

    /** The same picture in other clothes: each must give what its plain twin gives. */
    @ParameterizedTest
    @ValueSource(strings = {"palette", "one bit", "interlaced", "progressive", "alpha", "16 bits of colour"})
    void picture_howeverItIsKept_givesTheColoursOfItsTwin(String kind) throws Exception {
        BufferedImage twin = new BufferedImage(20, 20, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = twin.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, 10, 20);
        g.dispose();
        byte[] expected =
                decoder.decode(DrawnDigits.encode(twin, "png"), 3, 10, 10).samples();

        byte[] file = switch (kind) {
            case "palette" -> DrawnDigits.encode(copy(twin, BufferedImage.TYPE_BYTE_INDEXED), "png");
            case "one bit" -> DrawnDigits.encode(copy(twin, BufferedImage.TYPE_BYTE_BINARY), "png");
            case "interlaced" -> progressive(twin, "png");
            case "progressive" -> progressive(twin, "jpeg");
            case "alpha" -> DrawnDigits.encode(copy(twin, BufferedImage.TYPE_4BYTE_ABGR), "png");
            default -> DrawnDigits.encode(sixteenBits(twin), "png");
        };

        byte[] found = decoder.decode(file, 3, 10, 10).samples();
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i] & 0xff)
                    .as("sample %d", i)
                    .isBetween((expected[i] & 0xff) - 6, (expected[i] & 0xff) + 6);
        }
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

    /** As Adobe's programs write them: inverted, and with their marker. Transform 2: cyan, magenta and yellow as YCbCr. */
    private static byte[] inkJpeg(int[] cmyk, int transform) throws IOException {
        int[] stored = new int[4];
        for (int i = 0; i < 4; i++) {
            stored[i] = 255 - cmyk[i];
        }
        if (transform == 2) {
            double y = 0.299 * cmyk[0] + 0.587 * cmyk[1] + 0.114 * cmyk[2];
            stored[0] = (int) Math.round(y);
            stored[1] = (int) Math.round(128 + (cmyk[2] - y) / 1.772);
            stored[2] = (int) Math.round(128 + (cmyk[0] - y) / 1.402);
        }
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        for (int i = 0; i < 256; i++) {
            raster.setPixel(i % 16, i / 16, stored);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        writer.setOutput(ImageIO.createImageOutputStream(bytes));
        writer.write(null, new IIOImage(raster, null, null), null);
        ((ImageOutputStream) writer.getOutput()).close();
        byte[] jpeg = bytes.toByteArray();
        byte[] adobe = HexFormat.of().parseHex("ffee000e41646f626500640000000000");
        adobe[15] = (byte) transform;
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.write(jpeg, 0, 2);
        marked.write(adobe);
        marked.write(jpeg, 2, jpeg.length - 2);
        return marked.toByteArray();
    }

    private static BufferedImage copy(BufferedImage image, int type) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), type);
        copy.createGraphics().drawImage(image, 0, 0, null);
        return copy;
    }

    private static BufferedImage sixteenBits(BufferedImage image) {
        ColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = colours.createCompatibleWritableRaster(image.getWidth(), image.getHeight());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int grey = (image.getRGB(x, y) & 0xff) * 257;
                raster.setPixel(x, y, new int[] {grey, grey, grey});
            }
        }
        return new BufferedImage(colours, raster, false, null);
    }

    private static byte[] progressive(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        }
        return bytes.toByteArray();
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
