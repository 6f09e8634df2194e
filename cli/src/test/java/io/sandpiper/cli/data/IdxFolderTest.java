/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {

    private static final int IMAGES = 0x803;
    private static final int LABELS = 0x801;
    private static final int WIDTH = 3;
    private static final int HEIGHT = 2;

    @TempDir
    private Path folder;

    @Test
    void pairs_areSides_andPicturesArePngs() throws IOException {
        write("train-images-idx3-ubyte", images(3));
        write("train-labels-idx1-ubyte", labels(7, 0, 7));
        write("t10k-images-idx3-ubyte.gz", gzip(images(2)));
        write("t10k-labels-idx1-ubyte.gz", gzip(labels(9, 1)));

        assertThat(PictureFormat.of(folder)).isEqualTo(PictureFormat.MNIST);
        Collected pictures = Collected.all(IdxFolder.open(folder));

        assertThat(pictures.groups)
                .containsExactly(
                        new PictureGroup("9", Split.TEST),
                        new PictureGroup("1", Split.TEST),
                        new PictureGroup("7", Split.TRAIN),
                        new PictureGroup("0", Split.TRAIN),
                        new PictureGroup("7", Split.TRAIN));
        assertThat(pictures.names).startsWith("t10k-0.png", "t10k-1.png", "train-0.png");
        assertThat(pictures.image(4).getWidth()).isEqualTo(WIDTH);
        assertThat(pictures.image(4).getHeight()).isEqualTo(HEIGHT);
        assertThat(pictures.image(4).getRaster().getSamples(0, 0, WIDTH, HEIGHT, 0, (int[]) null))
                .containsExactly(pixel(12), pixel(13), pixel(14), pixel(15), pixel(16), pixel(17));
    }

    @Test
    void chosenPictures_areReadAlone() throws IOException {
        write("train-images-idx3-ubyte", images(5));
        write("train-labels-idx1-ubyte", labels(0, 1, 2, 3, 4));
        BitSet chosen = new BitSet();
        chosen.set(1);
        chosen.set(3);

        Collected pictures = Collected.some(IdxFolder.open(folder), chosen);

        assertThat(pictures.groups).extracting(PictureGroup::label).containsExactly("1", "3");
        assertThat(pictures.image(1).getRaster().getSample(0, 0, 0)).isEqualTo(pixel(18));
    }

    @Test
    void truncatedFile_isRefused_packedOrNot() throws IOException {
        byte[] whole = images(3);
        write("train-labels-idx1-ubyte", labels(1, 2, 3));
        write("train-images-idx3-ubyte", Arrays.copyOf(whole, whole.length - 1));
        assertRefused("train-images-idx3-ubyte ends after 33 bytes, expected 34");

        write("train-images-idx3-ubyte", Arrays.copyOf(whole, 9));
        assertRefused("ends within its header");

        byte[] packed = gzip(whole);
        write("train-images-idx3-ubyte", Arrays.copyOf(packed, packed.length - 12));
        assertRefused("train-images-idx3-ubyte ends after", "expected 34");

        write("train-images-idx3-ubyte", whole);
        write("train-labels-idx1-ubyte", Arrays.copyOf(labels(1, 2, 3), 10));
        assertRefused("train-labels-idx1-ubyte ends after 10 bytes, expected 11");
    }

    @Test
    void bytesBehindTheLast_areRefused() throws IOException {
        write("train-images-idx3-ubyte", Arrays.copyOf(images(1), 16 + WIDTH * HEIGHT + 1));
        write("train-labels-idx1-ubyte", labels(1));

        assertRefused("goes on after the 22 bytes");
    }

    @Test
    void wrongMagicNumber_isRefused() throws IOException {
        write("train-images-idx3-ubyte", labels(1));
        write("train-labels-idx1-ubyte", labels(1));

        assertRefused("starts with 0x00000801, expected 0x00000803");
    }

    @Test
    void sizesNoPictureHas_areRefused() throws IOException {
        byte[] images = images(1);
        ByteBuffer.wrap(images).putInt(8, Integer.MAX_VALUE);
        write("train-images-idx3-ubyte", images);
        write("train-labels-idx1-ubyte", labels(1));

        assertRefused("dimension 2 has the size 2147483647, expected 1 to 1024");
    }

    @Test
    void labelOutOfRange_isRefused() throws IOException {
        write("train-images-idx3-ubyte", images(2));
        write("train-labels-idx1-ubyte", labels(1, 10));

        assertRefused("picture 2 has the label 10, expected 0 to 9");
    }

    @Test
    void countsThatDiffer_areRefused() throws IOException {
        write("train-images-idx3-ubyte", images(2));
        write("train-labels-idx1-ubyte", labels(1, 2, 3));

        assertRefused("train-images-idx3-ubyte has 2 pictures", "3 labels");
    }

    @Test
    void imagesWithoutLabels_areRefused() throws IOException {
        write("train-images-idx3-ubyte", images(2));

        assertRefused("only one of train-images-idx3-ubyte and train-labels-idx1-ubyte");
    }

    private void assertRefused(String... said) {
        assertThatThrownBy(() -> IdxFolder.open(folder))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll(said);
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private static byte[] images(int count) {
        ByteBuffer file = ByteBuffer.allocate(16 + count * WIDTH * HEIGHT)
                .putInt(IMAGES)
                .putInt(count)
                .putInt(HEIGHT)
                .putInt(WIDTH);
        for (int i = 0; i < count * WIDTH * HEIGHT; i++) {
            file.put((byte) pixel(i));
        }
        return file.array();
    }

    private static int pixel(int place) {
        return place * 37 % 256;
    }

    private static byte[] labels(int... labels) {
        ByteBuffer file = ByteBuffer.allocate(8 + labels.length).putInt(LABELS).putInt(labels.length);
        for (int label : labels) {
            file.put((byte) label);
        }
        return file.array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }
}
