/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Small files that make a decoder work or allocate without measure, written here byte by byte. */
public final class HostilePictures {

    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a");

    private HostilePictures() {}

    /** By name; each must be refused. */
    public static Map<String, byte[]> bombs() throws IOException {
        Map<String, byte[]> bombs = new LinkedHashMap<>();
        bombs.put("GIF of 65535 x 32767", hex("474946383961ffffff7f800000000000ffffff2c00000000ffffff7f00020101003b"));
        bombs.put("JPEG of 20000 x 20000", jpeg(20_000, 20_000, 8, 0xc0));
        bombs.put("progressive JPEG of 65500 x 65500", jpeg(65_500, 65_500, 8, 0xc2));
        bombs.put("PNG of 30000 x 30000, one bit", png(30_000, 30_000, 1, new byte[0]));
        bombs.put("PNG of 2147483647 x 1", png(Integer.MAX_VALUE, 1, 8, new byte[0]));
        bombs.put("PNG of 1 x 65535", png(1, 65_535, 8, new byte[0]));
        bombs.put("BMP of 60000 x 60000", bmp(60_000, 60_000, 0));
        bombs.put("BMP of 60000 x 60000, run-length coded", bmp(60_000, 60_000, 1));
        bombs.put("WebP of 16000 x 16000, lossless", webpLossless(16_000, 16_000));
        bombs.put("WebP of 16777215 x 255, extended", webpExtended(0xffffff, 0xff));
        bombs.put("TIFF of 40000 x 40000", tiff());
        return bombs;
    }

    /**
     * Files that are no pictures, or more than a picture, by name.
     *
     * @param address that nobody may call because of them
     * @param jpeg a good picture
     * @param gif a good picture
     */
    public static Map<String, byte[]> polyglots(String address, byte[] jpeg, byte[] gif) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("empty", new byte[0]);
        files.put("one byte", new byte[] {'G'});
        files.put("text", text("hello"));
        files.put(
                "SVG with an external entity",
                text("<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM '%s'>]>"
                        .concat("<svg xmlns='http://www.w3.org/2000/svg'><image href='%s'/><text>&x;</text></svg>")
                        .formatted(address, address)));
        files.put("HTML", text("<html><img src='%s'><script src='%s'></script></html>".formatted(address, address)));
        files.put("PDF", text("%%PDF-1.7\n1 0 obj <</Type /Action /S /URI /URI (%s)>> endobj".formatted(address)));
        files.put("PNG with XMP that has an external entity", png(8, 8, 8, xmp(address)));
        files.put(
                "JPEG and zip", joined(jpeg, HexFormat.of().parseHex("504b0506000000000000000000000000000000000000")));
        files.put("GIF and script", joined(gif, text("/*<script src='%s'></script>*/".formatted(address))));
        return files;
    }

    private static byte[] xmp(String address) throws IOException {
        String packet =
                "XML:com.adobe.xmp\0\0\0\0\0<!DOCTYPE x [<!ENTITY x SYSTEM '%s'>]><x>&x;</x>".formatted(address);
        return chunk("iTXt", text(packet));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    /** A JPEG's headers up to its scan, and no scan. */
    public static byte[] jpeg(int width, int height, int precision, int frame) {
        ByteBuffer jpeg = ByteBuffer.allocate(64);
        jpeg.putShort((short) 0xffd8);
        jpeg.putShort((short) (0xff00 | frame)).putShort((short) 17).put((byte) precision);
        jpeg.putShort((short) height).putShort((short) width).put((byte) 3);
        jpeg.put(hex("011100021101031101"));
        jpeg.putShort((short) 0xffda).putShort((short) 12).put(hex("03010002110311003f00"));
        return jpeg.array();
    }

    /** An animation of white pixels, one by one. */
    public static byte[] gif(int frames) {
        byte[] head = hex("47494638396101000100800000ffffffffffff");
        byte[] frame = hex("21f90400000000002c0000000001000100000202440100");
        ByteBuffer gif = ByteBuffer.allocate(head.length + frames * frame.length + 1);
        gif.put(head);
        for (int i = 0; i < frames; i++) {
            gif.put(frame);
        }
        return gif.put((byte) 0x3b).array();
    }

    /** @param before a chunk, whole, to go in front of the data */
    public static byte[] png(int width, int height, int depth, byte[] before) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height).put((byte) depth);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write(PNG);
        png.write(chunk("IHDR", header.array()));
        png.write(before);
        png.write(chunk("IDAT", deflate(new byte[1 << 16])));
        png.write(chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    /** A text chunk that inflates to as many bytes. */
    public static byte[] inflatingChunk(String type, int bytes) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write("name".getBytes(StandardCharsets.US_ASCII));
        data.write(new byte[] {0, 0});
        data.write(deflate(new byte[bytes]));
        return chunk(type, data.toByteArray());
    }

    private static byte[] chunk(String type, byte[] data) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(chunk);
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
        return chunk.toByteArray();
    }

    private static byte[] deflate(byte[] data) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(data);
        }
        return deflated.toByteArray();
    }

    private static byte[] bmp(int width, int height, int compression) {
        ByteBuffer bmp = ByteBuffer.allocate(1200).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put((byte) 'B').put((byte) 'M').putInt(1200).putInt(0).putInt(54 + 1024);
        bmp.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 8);
        bmp.putInt(compression).putInt(0).putInt(2835).putInt(2835).putInt(256).putInt(256);
        return bmp.array();
    }

    private static byte[] webpLossless(int width, int height) {
        ByteBuffer webp = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        riff(webp, "VP8L", 44);
        webp.put((byte) 0x2f).putInt((width - 1) | (height - 1) << 14);
        return webp.array();
    }

    private static byte[] webpExtended(int width, int height) {
        ByteBuffer webp = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        riff(webp, "VP8X", 10);
        webp.putInt(0);
        webp.put((byte) width).put((byte) (width >> 8)).put((byte) (width >> 16));
        webp.put((byte) height).put((byte) (height >> 8)).put((byte) (height >> 16));
        return webp.array();
    }

    private static void riff(ByteBuffer webp, String chunk, int length) {
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(56);
        webp.put("WEBP".getBytes(StandardCharsets.US_ASCII));
        webp.put(chunk.getBytes(StandardCharsets.US_ASCII)).putInt(length);
    }

    private static byte[] tiff() {
        ByteBuffer tiff = ByteBuffer.allocate(422).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) 2);
        tiff.putShort((short) 256).putShort((short) 4).putInt(1).putInt(40_000);
        tiff.putShort((short) 257).putShort((short) 4).putInt(1).putInt(40_000);
        return tiff.array();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
