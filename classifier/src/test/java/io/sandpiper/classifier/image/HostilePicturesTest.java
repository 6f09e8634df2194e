/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.sandpiper.classifier.image.ImageRejectedException.Code;
import io.sandpiper.testsupport.DrawnDigits;
import io.sandpiper.testsupport.HostilePictures;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What strangers may send: refused for little, or decoded, and never anything else. */
class HostilePicturesTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MAX_BYTES = 8 << 20;
    private static final long MAX_CPU_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int MUTATIONS = 20_000;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    static Stream<Arguments> bombs() throws IOException {
        return HostilePictures.bombs().entrySet().stream().map(b -> Arguments.of(b.getKey(), b.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void bomb_isRefusedForLittle(String name, byte[] bomb) {
        refuse(bomb); // loads classes
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long cpu = THREADS.getCurrentThreadCpuTime();

        refuse(bomb);

        assertThat(THREADS.getCurrentThreadAllocatedBytes() - bytes).isLessThan(MAX_BYTES);
        assertThat(THREADS.getCurrentThreadCpuTime() - cpu).isLessThan(MAX_CPU_NANOS);
    }

    @ParameterizedTest
    @MethodSource("inflatingChunks")
    void chunkThatInflates_isNotInflated(String type) throws IOException, ImageRejectedException {
        byte[] png = HostilePictures.png(20, 20, 8, HostilePictures.inflatingChunk(type, 100 << 20));
        decoder.decode(png, 1, 8, 8);
        long bytes = THREADS.getCurrentThreadAllocatedBytes();

        decoder.decode(png, 1, 8, 8);

        assertThat(THREADS.getCurrentThreadAllocatedBytes() - bytes).isLessThan(MAX_BYTES);
    }

    static Stream<String> inflatingChunks() {
        return Stream.of("zTXt", "iCCP");
    }

    @Test
    void jpegOf12Bits_orLossless_isUnsupported() {
        for (byte[] jpeg : List.of(
                HostilePictures.jpeg(8, 8, 12, 0xc1),
                HostilePictures.jpeg(8, 8, 8, 0xc3),
                HostilePictures.jpeg(8, 8, 8, 0xc9))) {
            assertThatThrownBy(() -> decoder.inspect(jpeg))
                    .isInstanceOfSatisfying(
                            ImageRejectedException.class,
                            e -> assertThat(e.code()).isEqualTo(Code.UNSUPPORTED_IMAGE));
        }
    }

    /** Forty thousand frames of one pixel: the first is decoded, the others are not looked at. */
    @Test
    void animatedGif_isItsFirstFrame() throws ImageRejectedException {
        byte[] frames = HostilePictures.gif(40_000);
        decoder.decode(frames, 3, 8, 8);
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long cpu = THREADS.getCurrentThreadCpuTime();

        Pixels pixels = decoder.decode(frames, 1, 8, 8);

        assertThat(pixels.samples()).containsOnly((byte) 255);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - bytes).isLessThan(MAX_BYTES);
        assertThat(THREADS.getCurrentThreadCpuTime() - cpu).isLessThan(2 * MAX_CPU_NANOS);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "0, 5, false", "1, 1, true", "1, 16384, true", "16384, 1, true", "16385, 1, false"})
    void extremeSizes_areDecidedByTheRules(int width, int height, boolean taken) throws Exception {
        byte[] png = HostilePictures.png(width, height, 8, new byte[0]);
        if (taken) {
            assertThat(decoder.decode(png, 3, 32, 32).samples()).hasSize(3 * 32 * 32);
        } else {
            assertThatThrownBy(() -> decoder.decode(png, 3, 32, 32)).isInstanceOf(ImageRejectedException.class);
        }
    }

    @Test
    void textDocumentsAndNothings_areNotImages() {
        for (String text : List.of(
                " ",
                "x",
                "<html><body>",
                "%PDF-1.7",
                "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg>&x;</svg>")) {
            assertThatThrownBy(() -> decoder.inspect(text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(ImageRejectedException.class);
        }
    }

    @Test
    void archiveGluedToAPicture_isThePicture() throws ImageRejectedException {
        byte[] jpeg = DrawnDigits.jpeg(3, 1);
        byte[] polyglot = Arrays.copyOf(jpeg, jpeg.length + 4);
        System.arraycopy(new byte[] {'P', 'K', 3, 4}, 0, polyglot, jpeg.length, 4);

        assertThat(decoder.decode(polyglot, 1, 28, 28).samples())
                .isEqualTo(decoder.decode(jpeg, 1, 28, 28).samples());
    }

    /** Bytes changed, cut out, repeated, in pictures of every kind. A second's decoding a picture would show here. */
    @Test
    void mutatedPictures_areDecodedOrRefused() throws IOException {
        List<byte[]> seeds = new ArrayList<>(HostilePictures.bombs().values());
        for (String format : List.of("png", "jpg", "gif", "bmp")) {
            seeds.add(DrawnDigits.encode(DrawnDigits.draw(4, 3, 48, true), format));
        }
        seeds.add(HostilePictures.png(40, 40, 8, new byte[0]));
        long seed = 20_261_121;
        Random random = new Random(seed);
        long slowest = 0;
        int decoded = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutate(seeds.get(random.nextInt(seeds.size())), random);
            long cpu = THREADS.getCurrentThreadCpuTime();
            try {
                decoder.decode(mutated, 3, 32, 32);
                decoded++;
            } catch (ImageRejectedException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
            slowest = Math.max(slowest, THREADS.getCurrentThreadCpuTime() - cpu);
        }

        assertThat(decoded).as("seed %d", seed).isBetween(MUTATIONS / 100, MUTATIONS);
        assertThat(slowest).as("seed %d", seed).isLessThan(TimeUnit.SECONDS.toNanos(2));
    }

    /** Old TwelveMonkeys readers, OpenCV and the like would register themselves, and ImageIO would ask them first. */
    @Test
    void noOtherReaders_areOnTheClassPath() {
        Iterator<ImageReaderSpi> readers =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        while (readers.hasNext()) {
            assertThat(readers.next().getClass().getName())
                    .matches("com\\.sun\\.imageio\\..*|com\\.twelvemonkeys\\.imageio\\.plugins\\.webp\\..*");
        }
        for (String name :
                List.of("org.bytedeco.opencv.global.opencv_core", "org.datavec.image.loader.NativeImageLoader")) {
            assertThatThrownBy(() -> Class.forName(name)).as(name).isInstanceOf(ClassNotFoundException.class);
        }
    }

    private void refuse(byte[] bomb) {
        assertThatThrownBy(() -> decoder.inspect(bomb)).isInstanceOf(ImageRejectedException.class);
        assertThatThrownBy(() -> decoder.decode(bomb, 3, 32, 32)).isInstanceOf(ImageRejectedException.class);
    }

    private static byte[] mutate(byte[] picture, Random random) {
        byte[] mutated = picture.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(4)) {
                case 0 -> mutated[at] = (byte) random.nextInt(256);
                case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutated = Arrays.copyOf(mutated, Math.max(1, at));
                default -> {
                    int length = Math.min(mutated.length - at, 1 + random.nextInt(16));
                    System.arraycopy(mutated, random.nextInt(mutated.length - length + 1), mutated, at, length);
                }
            }
        }
        return mutated;
    }
}
